//! The sample project, carried inside the program so that trying it needs no file.

use std::path::{Path, PathBuf};

use ascribe_engine::store::{Store, StoreError, free_place};

macro_rules! sample {
    ($($path:literal),* $(,)?) => {
        /// The files of the sample project, by path from its folder.
        pub const FILES: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!("../../projects/port-averne/", $path)))),*];
    };
}

sample!(
    "annotations/amina/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "annotations/bo/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "annotations/gold/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "comments/amina/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "comments/bo/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "comments/ines/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "decisions/ines/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "documents/fog-a-brass-band-and-one-button-how-the-gebh28ga.ron",
    "documents/fog-a-brass-band-and-one-button-how-the-gebh28ga.txt",
    "documents/in-port-averne-the-bridge-that-stands-on-b9vsrshj.ron",
    "documents/in-port-averne-the-bridge-that-stands-on-b9vsrshj.txt",
    "project.ron",
);

/// Makes a fresh copy of the sample project in `folder`, beside earlier copies, and returns where.
///
/// # Errors
///
/// When the system refuses.
pub fn copy_into(folder: &Path) -> Result<PathBuf, StoreError> {
    let path = free_place(folder, "port-averne");
    Store::create_with(&path, FILES)?;
    Ok(path)
}
