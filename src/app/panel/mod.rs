//! What stands around the text: menus, the list of documents, the inspector, the status line.

pub mod bar;
pub mod documents;
pub mod inspector;
pub mod left;
pub mod menu;
pub mod outline;
pub mod status;
pub mod suggestion;
pub mod tags;
pub mod welcome;

pub use self::suggestion::in_percent;
