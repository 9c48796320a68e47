//! Asking an address on this machine: each question is posted to it.

use std::{
    sync::mpsc::{RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use ureq::{Agent, Error, http::Uri};

use super::{Broken, intake::Intake};
use crate::stream::LONGEST;

/// How often somebody is asked whether they still wait.
const GLANCE: Duration = Duration::from_millis(20);

/// Why an address is none that a model may have; nothing if it is.
pub(super) fn not_local(address: &str) -> Option<String> {
    let Ok(uri) = address.parse::<Uri>() else { return Some("its address cannot be read".to_owned()) };
    if uri.scheme_str() != Some("http") {
        return Some("its address must begin with http://, for it is on this machine".to_owned());
    }
    let host = uri.host().unwrap_or_default();
    let loopback = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(host) => host.parse().is_ok_and(|ip: std::net::Ipv6Addr| ip.is_loopback()),
        None => host.parse().is_ok_and(|ip: std::net::Ipv4Addr| ip.is_loopback()),
    };
    let local = loopback || host.eq_ignore_ascii_case("localhost");
    let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    (!local || !plain).then(|| {
        "its address must be on this machine, such as http://127.0.0.1:8000/suggest, because texts are sent to it"
            .to_owned()
    })
}

/// Asks about one document after the other, and takes the answers in.
///
/// # Errors
///
/// When nobody answers, or not in time.
pub(super) fn ask(
    address: &str,
    intake: &mut Intake<'_>,
    patience: Duration,
    stop: &dyn Fn() -> bool,
) -> Result<(), Broken> {
    // Nothing may carry the text on to another machine: neither a proxy nor a redirection.
    let config = Agent::config_builder().proxy(None).max_redirects(0).max_redirects_will_error(false);
    let config = config.http_status_as_error(false).timeout_global(Some(patience));
    let agent: Agent = config.build().into();
    intake.one_by_one();
    while let Some(asked) = intake.awaited() {
        let line = intake.order().line(asked);
        let slow = || Broken::Slow { seconds: patience.as_secs() as u32, document: asked.id.clone() };
        match post(&agent, address, line, patience, stop)? {
            Err(Error::Timeout(_)) => return Err(slow()),
            Err(Error::BodyExceedsLimit(_)) => intake.pass(format!("the answer is longer than {} MiB", LONGEST >> 20)),
            Err(reason) => {
                return Err(Broken::Unreachable { address: address.to_owned(), reason: reason.to_string() });
            }
            Ok((200..=299, body)) => {
                intake.take(&body)?;
                if intake.awaited().is_some_and(|next| next.id == asked.id) {
                    intake.pass("it was not answered".to_owned());
                }
            }
            Ok((status, _)) => intake.pass(format!("the answer has the status {status}")),
        }
    }
    Ok(())
}

/// Posts a line; on a thread, so that nobody must wait for it.
fn post(
    agent: &Agent,
    address: &str,
    line: Vec<u8>,
    patience: Duration,
    stop: &dyn Fn() -> bool,
) -> Result<Result<(u16, Vec<u8>), Error>, Broken> {
    let (sender, answer) = sync_channel(1);
    let (agent, to) = (agent.clone(), address.to_owned());
    let unreachable = |reason: String| Broken::Unreachable { address: address.to_owned(), reason };
    let work = move || {
        let outcome = agent.post(&to).content_type("application/json").send(&line[..]).and_then(|mut response| {
            let body = response.body_mut().with_config().limit(LONGEST as u64).read_to_vec()?;
            Ok((response.status().as_u16(), body))
        });
        // Whoever asked may have gone.
        let _ = sender.send(outcome);
    };
    thread::Builder::new().name("question".to_owned()).spawn(work).map_err(|reason| unreachable(reason.to_string()))?;
    let since = Instant::now();
    loop {
        match answer.recv_timeout(GLANCE) {
            Ok(outcome) => return Ok(outcome),
            Err(RecvTimeoutError::Disconnected) => return Err(unreachable("the question was lost".to_owned())),
            Err(RecvTimeoutError::Timeout) if stop() => return Err(Broken::Stopped),
            Err(RecvTimeoutError::Timeout) if since.elapsed() > patience + GLANCE => {
                return Ok(Err(Error::Timeout(ureq::Timeout::Global)));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_on_this_machine_are_asked() {
        for address in [
            "http://127.0.0.1:8000/suggest",
            "http://127.9.0.1",
            "http://localhost:1/",
            "http://LOCALHOST/a?b=c",
            "http://[::1]:8000/suggest",
        ] {
            assert_eq!(not_local(address), None, "{address}");
        }
        for address in [
            "",
            "localhost:8000",
            "/suggest",
            "https://127.0.0.1/",
            "ftp://localhost/",
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "http://127.0.0.1@example.com/",
            "http://example.com@127.0.0.1/",
            "http://127.1/",
            "http://0.0.0.0:8000/",
            "http://10.0.0.1/",
            "http://[::2]/",
            "http://[::ffff:127.0.0.1]/",
            "http://127.0.0.1\\@example.com/",
            "http://exa mple/",
        ] {
            assert!(not_local(address).is_some(), "{address}");
        }
    }
}
