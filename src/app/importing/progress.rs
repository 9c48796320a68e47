//! How far long work has come: a bar, a rate, the time that is left.

use egui::{ProgressBar, Role, Ui, WidgetInfo};

use crate::wording::grouped;

/// How far work on many files has come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    done: usize,
    total: usize,
    /// When the first was told, in seconds of the window's clock.
    start: Option<f64>,
    now: f64,
}

impl Progress {
    /// That many of `total` are done at `now`, in seconds of the window's clock.
    pub fn tell(&mut self, done: usize, total: usize, now: f64) {
        (self.done, self.total, self.now) = (done, total, now);
        self.start.get_or_insert(now);
    }

    /// In words: `340 of 1,000 · 45 a second · 15 seconds left`.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = format!("{} of {}", grouped(self.done), grouped(self.total));
        let seconds = self.now - self.start.unwrap_or(self.now);
        // Earlier, the rate would jump about.
        if self.done > 0 && seconds > 1.0 {
            let rate = self.done as f64 / seconds;
            let left = (self.total.saturating_sub(self.done) as f64 / rate).ceil();
            let rate = if rate >= 10.0 { grouped(rate.round() as usize) } else { format!("{rate:.1}") };
            let left =
                if left < 90.0 { format!("{left} seconds") } else { format!("{} minutes", (left / 60.0).round()) };
            words += &format!(" · {rate} a second · {left} left");
        }
        words
    }

    fn part(&self) -> f32 {
        if self.total == 0 { 0.0 } else { self.done as f32 / self.total as f32 }
    }
}

/// Shows it with a button to stop; true when that was pressed.
pub(crate) fn progress_ui(ui: &mut Ui, what: &str, progress: &Progress) -> bool {
    let mut stop = false;
    ui.horizontal(|ui| {
        ui.label(format!("{what} {}", progress.words()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            stop = ui.button("Stop").clicked();
            let bar = ui.add(ProgressBar::new(progress.part()).desired_height(8.0));
            bar.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, what));
        });
    });
    stop
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_time_left_follow_what_is_done() {
        let mut progress = Progress::default();
        for (done, now, words) in [
            (0, 5.0, "0 of 1,000"),
            (10, 5.5, "10 of 1,000"),
            (100, 7.0, "100 of 1,000 · 50 a second · 18 seconds left"),
            (103, 108.0, "103 of 1,000 · 1.0 a second · 15 minutes left"),
            (1000, 109.0, "1,000 of 1,000 · 9.6 a second · 0 seconds left"),
        ] {
            progress.tell(done, 1000, now);
            assert_eq!(progress.words(), words);
        }
    }
}
