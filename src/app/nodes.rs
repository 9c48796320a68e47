//! Nodes of the accessibility tree that egui would not make: they belong to no widget, such as lines of text.

use egui::accesskit::{Node, NodeId};
use egui::{Context, FullOutput, Id, Plugin, Ui};

/// Nodes waiting to go out with the tree of this frame.
#[derive(Default)]
struct Waiting(Vec<(NodeId, Node)>);

impl Plugin for Waiting {
    fn debug_name(&self) -> &'static str {
        "accessible nodes"
    }

    fn on_begin_pass(&mut self, _ui: &mut Ui) {
        self.0.clear();
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        if let Some(update) = &mut output.platform_output.accesskit_update {
            update.nodes.append(&mut self.0);
        }
    }
}

/// Whether anybody listens; where nobody does, nodes are not worth making.
pub fn wanted(ctx: &Context, widget: Id) -> bool {
    ctx.has_accesskit_node(widget)
}

/// Adds nodes below a widget: `children` are those directly below, `nodes` all that are new.
pub fn add(ctx: &Context, widget: Id, children: &[NodeId], nodes: Vec<(NodeId, Node)>) {
    ctx.accesskit_node_builder(widget, |node| {
        for &child in children {
            node.push_child(child);
        }
    });
    ctx.plugin_or_default::<Waiting>().lock().0.extend(nodes);
}
