//! `postern status`: how a running server stands.

use clap::Args;
use serde_json::Value;

use crate::client::ServerToAsk;
use crate::exit::Exit;
use crate::output;

/// What `postern status` takes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  POSTERN_API_KEY=… postern status             an admin's key
  postern status --server https://postern.example.com --json")]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    server: ServerToAsk,
}

pub(crate) async fn run(args: StatusArgs) -> anyhow::Result<Exit> {
    let told = args.server.client()?.get("/status").await?;
    if args.server.json {
        output::line(format_args!("{told:#}"));
    } else {
        output::line(page(&told["status"]).trim_end());
    }
    Ok(Exit::Ok)
}

fn page(status: &Value) -> String {
    let text = |name: &str| status[name].as_str().unwrap_or_default();
    let number = |name: &str| status[name].as_u64().unwrap_or(0);
    let mut page = format!("Postern {} on {}\n", text("version"), text("engine"));
    let bytes = size(number("databaseBytes"));
    let days = number("keptDays");
    page.push_str(&match status["forecastBytes"].as_u64() {
        Some(forecast) => format!(
            "database    {bytes}; {} when it holds the {days} days that are kept, if they go on like this\n",
            size(forecast)
        ),
        None => format!("database    {bytes}; too young for a forecast\n"),
    });
    let due = match status["oldestDueAt"].as_str() {
        Some(time) => format!(", the first due at {time}"),
        None => String::new(),
    };
    page.push_str(&format!(
        "deliveries  {} scheduled{due}; {} held\n",
        number("scheduled"),
        number("held")
    ));
    for node in status["nodes"].as_array().into_iter().flatten() {
        let text = |name: &str| node[name].as_str().unwrap_or_default();
        page.push_str(&format!(
            "server      {} since {}\n",
            text("name"),
            text("startedAt")
        ));
    }
    page
}

/// Bytes as people read them.
#[expect(
    clippy::cast_precision_loss,
    reason = "three digits are shown, and a mantissa has more"
)]
fn size(bytes: u64) -> String {
    let (mut size, mut unit) = (bytes as f64, "B");
    for next in ["KiB", "MiB", "GiB", "TiB"] {
        if size < 1024.0 {
            break;
        }
        (size, unit) = (size / 1024.0, next);
    }
    if unit == "B" {
        format!("{bytes} B")
    } else {
        format!("{size:.1} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_with_their_unit() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_572_864, "1.5 MiB"),
            (u64::MAX, "16777216.0 TiB"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
