//! How long importing takes, by the way that `add` goes.

use std::{path::Path, time::Instant};

use ascribe_engine::{Source, default_scheme, store::Store};
use ascribe_schema::{FORMAT, Project};

use super::{Random, Size, generated_text};
use crate::{DONE, Failed, Io, verb};

/// How many plain texts, of how many bytes.
const TEXTS: (usize, usize) = (10_000, 4000);
/// How many web pages, each with an article of that size.
const PAGES: (usize, usize) = (1000, 6000);

/// Imports many articles into fresh projects in `folder`, and prints how long it took.
pub(super) fn run(folder: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let mut random = Random(7);
    let texts = (0..TEXTS.0).map(|n| Source::Bytes(format!("{n}.txt"), text(n, TEXTS.1, &mut random).into_bytes()));
    measure("plain texts", &folder.join("texts"), texts.collect(), io)?;
    let pages = (0..PAGES.0).map(|n| Source::Bytes(format!("{n}.html"), page(n, &mut random).into_bytes()));
    measure("web pages", &folder.join("pages"), pages.collect(), io)?;
    Ok(DONE)
}

fn measure(what: &str, folder: &Path, sources: Vec<Source>, io: &mut Io<'_>) -> Result<(), Failed> {
    let project = Project { format: FORMAT, title: "Many".to_owned(), scheme: default_scheme(), ..Project::default() };
    let store = Store::create(folder, &project)?;
    let (count, mut out, mut err) = (sources.len(), Vec::new(), Vec::new());
    let start = Instant::now();
    let mut quiet = Io { out: &mut out, err: &mut err, time: io.time.clone(), program: io.program.clone() };
    let status = verb::add_to(&store, verb::Batch::of(sources), &verb::How::default(), &mut quiet)?;
    let time = start.elapsed().as_secs_f64();
    let imported = String::from_utf8_lossy(&out).lines().count();
    if status != DONE || imported != count {
        return Err(format!("{imported} of {count} {what} were imported: {}", String::from_utf8_lossy(&err)).into());
    }
    writeln!(io.out, "import {count:>6} {what:<12} {time:>8.2} s, {:>6.0} a second", count as f64 / time)?;
    Ok(())
}

fn text(number: usize, bytes: usize, random: &mut Random) -> String {
    let size = Size { bytes, annotations: 0, stacked: None, unbroken: false };
    format!("Article {number}\n\n{}", generated_text(size, random))
}

/// A page as newspapers have them: much around the article, and something in it.
fn page(number: usize, random: &mut Random) -> String {
    let link = |n: usize| format!("<li class=\"nav-item\"><a href=\"/section/{n}\"><span>Section {n}</span></a></li>");
    let links: String = (0..60).map(link).collect();
    let style: String = (0..200).map(|n| format!(".c{n} {{ margin: {n}px; color: #123456 }}\n")).collect();
    let article = text(number, PAGES.1, random);
    let mut paragraphs = article.split("\n\n");
    let title = paragraphs.next().unwrap_or_default();
    let body: String =
        paragraphs.map(|paragraph| format!("<p class=\"text\">{paragraph}</p>\n<div class=\"ad\"></div>\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Courier</title>\
         <meta property=\"og:title\" content=\"{title}\"><meta name=\"author\" content=\"Jane Doe\">\
         <style>{style}</style><script>{}</script></head><body><header><nav><ul>{links}</ul></nav></header>\
         <main><article><h1>{title}</h1><p class=\"byline\">By Jane Doe</p>{body}</article>\
         <aside><ul>{links}</ul></aside></main><footer><ul>{links}</ul></footer></body></html>",
        "var a = [0, 1, 2];\n".repeat(500)
    )
}
