//! What may be a name.

use crate::error::ApiError;

/// The longest name, in characters.
const LONGEST: usize = 255;

/// The name, if it may be one: not blank, and at most 255 characters.
pub(crate) fn checked_name(field: &str, name: String) -> Result<String, ApiError> {
    if name.trim().is_empty() {
        return Err(ApiError::invalid(field, "must not be empty"));
    }
    let length = name.chars().count();
    if length > LONGEST {
        return Err(ApiError::invalid(
            field,
            format!("must have at most {LONGEST} characters, and has {length}"),
        ));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert!(checked_name("name", "ü".repeat(255)).is_ok());
        assert!(checked_name("name", "ü".repeat(256)).is_err());
        assert!(checked_name("name", " \n".to_owned()).is_err());
    }
}
