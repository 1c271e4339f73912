//! The mask: what stands for a secret in answers.
//!
//! Reads never give a secret away, to nobody. So that a client can still read a thing, change it and replace it, a
//! replacement that sends the mask back keeps the value that is stored; where none is stored the mask is refused, so that it
//! can never become a value itself.

use serde_json::Value;

use crate::error::ApiError;

/// What stands for a secret.
pub(crate) const MASK: &str = "••••••••";

/// Masks a value; what is empty stays empty, for there is nothing to hide.
pub(crate) fn mask(value: &mut Value) {
    if !matches!(value, Value::Null) && value != "" {
        *value = Value::from(MASK);
    }
}

/// The same of a text.
pub(crate) fn mask_text(value: &mut String) {
    if !value.is_empty() {
        MASK.clone_into(value);
    }
}

/// Puts the stored value where the mask was sent back.
pub(crate) fn unmask(sent: &mut Value, stored: Option<&Value>, path: &str) -> Result<(), ApiError> {
    if sent != MASK {
        return Ok(());
    }
    *sent = stored.ok_or_else(|| unknown(path))?.clone();
    Ok(())
}

/// The same of a text.
pub(crate) fn unmask_text(
    sent: &mut String,
    stored: Option<&str>,
    path: &str,
) -> Result<(), ApiError> {
    if sent == MASK {
        stored.ok_or_else(|| unknown(path))?.clone_into(sent);
    }
    Ok(())
}

fn unknown(path: &str) -> ApiError {
    ApiError::invalid(
        path,
        format!(
            "{MASK} stands for a secret that is stored, and none is stored here: send the value itself"
        ),
    )
}
