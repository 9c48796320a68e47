//! `ascribe bench window`
/// x
pub fn run() -> Result<(), String> {
    Ok(())
}
