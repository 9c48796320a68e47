//! The window as a person uses it: by the names that it shows, the keyboard and the pointer.

mod access;
mod annotators;
mod finding;
mod finishing;
mod fitting;
mod importing;
mod inspecting;
mod keyboard;
mod keymaps;
mod labels;
mod looks;
mod marks;
mod menus;
mod news;
mod notes;
mod opening;
mod outline;
mod overview;
mod person;
mod revising;
mod scripts;
mod seeing;
mod selecting;
mod themes;
mod trouble;
mod walking;
