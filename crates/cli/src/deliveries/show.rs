//! Deliveries and replays in words and columns.

use serde_json::Value;

/// Deliveries, a line each.
pub(super) fn list(told: &Value) -> String {
    let rows = told["deliveries"].as_array().map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        return "There are no such deliveries.".to_owned();
    }
    rows.iter().map(|row| line(row) + "\n").collect()
}

/// A delivery on one line.
pub(super) fn line(delivery: &Value) -> String {
    let text = |name: &str| delivery[name].as_str().unwrap_or_default();
    let what = delivery["type"].as_str().unwrap_or(text("event"));
    let mut line = format!(
        "{}  {:<9}  {}  {what}",
        text("id"),
        text("status"),
        text("createdAt"),
    );
    let attempts = &delivery["attemptCount"];
    line.push_str(&format!(
        "  to {}, attempts: {attempts}",
        text("integrationName")
    ));
    if let Some(next) = delivery["nextAttemptAt"].as_str() {
        line.push_str(&format!(", next at {next}"));
    }
    if let Some(reason) = delivery["reason"].as_str() {
        line.push_str(&format!(" ({reason})"));
    }
    line
}

/// A delivery with its attempts.
pub(super) fn whole(told: &Value) -> String {
    let mut page = line(&told["delivery"]) + "\n";
    let attempts = told["attempts"].as_array().map_or(&[][..], Vec::as_slice);
    for attempt in attempts {
        let text = |name: &str| attempt[name].as_str().unwrap_or_default();
        page.push_str(&format!(
            "\n{}. {}  {} in {} ms: {}\n   {}\n",
            attempt["number"],
            text("startedAt"),
            text("outcome"),
            attempt["timings"]["totalMs"],
            text("message"),
            text("help"),
        ));
        let body = attempt["responseBody"].as_str().unwrap_or_default();
        for line in body.lines().take(10) {
            page.push_str(&format!("   | {line}\n"));
        }
    }
    page
}

/// Replays, a line each.
pub(super) fn replays(told: &Value) -> String {
    let rows = told["replays"].as_array().map_or(&[][..], Vec::as_slice);
    if rows.is_empty() {
        return "There are no replays.".to_owned();
    }
    rows.iter().map(|row| replay(row) + "\n").collect()
}

/// A replay on one line.
pub(super) fn replay(replay: &Value) -> String {
    let text = |name: &str| replay[name].as_str().unwrap_or_default();
    let mut line = format!(
        "{}  {:<9}  {}  {} of {} are due again",
        text("id"),
        text("state"),
        text("createdAt"),
        replay["done"],
        replay["total"],
    );
    if replay["skipped"].as_u64().unwrap_or(0) > 0 {
        line.push_str(&format!(", {} could not be", replay["skipped"]));
    }
    line
}
