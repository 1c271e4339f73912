//! The page of outcomes: the same words as in answers, metrics and the log.

use postern_model::Outcome;

/// The page `docs/outcomes.md`.
pub fn outcomes_page() -> String {
    let mut page = String::from(
        "# Outcomes of attempts\n\n\
         How one request to a receiver ended. The code is in `GET /deliveries/{id}` (`attempts[].outcome`), in the metric \
         `webhook_attempts_total` (label `outcome`) and in the log; it does not change. After `succeeded` and `cancelled` the \
         delivery has ended; everything else is tried again by the integration's schedule, see [deliveries](guide/deliveries.md).\n\n\
         | code | what to do |\n|---|---|\n",
    );
    for outcome in Outcome::ALL {
        page.extend(["| `", outcome.code(), "` | ", outcome.help(), " |\n"]);
    }
    page
}
