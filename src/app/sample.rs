//! The sample project, carried inside the program so that trying it needs no file.

use std::path::PathBuf;

use ascribe_engine::store::{Store, StoreError};

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
pub fn copy_into(folder: PathBuf) -> Result<PathBuf, StoreError> {
    let names = (1..).map(|n| if n == 1 { "port-averne".to_owned() } else { format!("port-averne-{n}") });
    let path = names.map(|name| folder.join(name)).find(|path| !path.exists()).unwrap_or(folder);
    let store = Store::new_folder(&path)?;
    for (file, bytes) in FILES {
        store.write_file(file, bytes)?;
    }
    Ok(path)
}
