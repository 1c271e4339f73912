//! Which layer says what: flags, environment, file, defaults.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use postern_api::{SetBy, ShownSetting};

use super::file::settings_of;
use super::setting::Setting;
use super::{ConfigError, DEFAULT_FILE, SETTINGS};

/// The file that is read when none is named.
const USUAL_FILE: &str = "postern.toml";

/// Names the file, when no flag does.
const FILE_VARIABLE: &str = "POSTERN_CONFIG";

/// The environment, as it was when the program started.
pub(crate) type Environment = BTreeMap<String, OsString>;

/// What flags say: by the key of the setting. And the file, if a flag names one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `--config`.
    pub(crate) file: Option<PathBuf>,
    /// By the key of the setting.
    pub(crate) values: BTreeMap<&'static str, String>,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// On the command line.
    Flag(&'static str),
    /// In the environment.
    Environment(&'static str),
    /// In the file.
    File(PathBuf),
    /// Nowhere else.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Flag(flag) => write!(f, "flag {flag}"),
            Source::Environment(variable) => write!(f, "environment {variable}"),
            Source::File(path) => write!(f, "file {}", path.display()),
            Source::Default => f.write_str("default"),
        }
    }
}

/// A value that holds, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The setting.
    pub(crate) setting: &'static Setting,
    /// Its value as text.
    pub(crate) text: String,
    /// Where it stands.
    pub(crate) source: Source,
}

/// The value that holds for each setting.
#[derive(Debug, Clone)]
pub(crate) struct Layers {
    found: Vec<Found>,
    file: Option<PathBuf>,
}

/// The environment of this process.
pub(crate) fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
        .collect()
}

impl Layers {
    /// Reads the file and lays flags, environment, file and defaults over each other.
    pub(crate) fn read(flags: &Flags, environment: &Environment) -> Result<Self, ConfigError> {
        let named = flags.file.clone().or_else(|| {
            environment
                .get(FILE_VARIABLE)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        });
        let path = named.clone().unwrap_or_else(|| USUAL_FILE.into());
        let file = match std::fs::read_to_string(&path) {
            Ok(text) => Some((path, text)),
            // The usual file need not be there; one that was named must.
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => return Err(ConfigError::Unreadable { path, source }),
        };
        let file = file
            .as_ref()
            .map(|(path, text)| (path.as_path(), text.as_str()));
        Self::lay(flags, environment, file)
    }

    /// The same over a file that has been read already.
    pub(crate) fn lay(
        flags: &Flags,
        environment: &Environment,
        file: Option<(&Path, &str)>,
    ) -> Result<Self, ConfigError> {
        let defaults = settings_of(Path::new("the default"), DEFAULT_FILE)?;
        let in_file = match file {
            Some((path, text)) => settings_of(path, text)?,
            None => BTreeMap::new(),
        };
        let mut found = Vec::new();
        for setting in SETTINGS {
            let flag = flags.values.get(setting.key);
            let variable = match environment.get(setting.variable) {
                Some(value) => Some(value.to_str().ok_or_else(|| ConfigError::NotText {
                    variable: setting.variable.to_owned(),
                })?),
                None => None,
            };
            let (text, source) = if let (Some(value), Some(name)) = (flag, setting.flag) {
                (value.as_str(), Source::Flag(name))
            } else if let Some(value) = variable {
                (value, Source::Environment(setting.variable))
            } else if let (Some(value), Some((path, _))) = (in_file.get(setting.key), file) {
                (value.as_str(), Source::File(path.to_owned()))
            } else {
                let default = defaults.get(setting.key).map_or("", String::as_str);
                (default, Source::Default)
            };
            found.push(Found {
                setting,
                text: text.trim().to_owned(),
                source,
            });
        }
        Ok(Self {
            found,
            file: file.map(|(path, _)| path.to_owned()),
        })
    }

    /// Every setting with its value, in the order of the reference file.
    pub(crate) fn all(&self) -> &[Found] {
        &self.found
    }

    /// Every setting as admins may see it.
    pub(crate) fn shown(&self) -> Vec<ShownSetting> {
        let shown = |found: &Found| ShownSetting {
            name: found.setting.key,
            value: found.setting.show(&found.text),
            from: match found.source {
                Source::Flag(_) => SetBy::Flag,
                Source::Environment(_) => SetBy::Environment,
                Source::File(_) => SetBy::File,
                Source::Default => SetBy::Default,
            },
            environment: found.setting.variable,
        };
        self.found.iter().map(shown).collect()
    }

    /// The file that was read, if there is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The text of a setting; empty when it isn't set.
    pub(crate) fn text(&self, key: &'static str) -> &str {
        self.find(key).map_or("", |found| found.text.as_str())
    }

    /// The value of a setting, or `None` when it isn't set. `expected` completes "... is not".
    pub(crate) fn optional<T: FromStr>(
        &self,
        key: &'static str,
        expected: &str,
    ) -> Result<Option<T>, ConfigError> {
        match self.text(key) {
            "" => Ok(None),
            text => match text.parse() {
                Ok(value) => Ok(Some(value)),
                Err(_) => Err(self.wrong(key, format!("{text:?} is not {expected}"))),
            },
        }
    }

    /// The value of a setting; empty is as wrong as anything else that can't be understood.
    pub(crate) fn value<T: FromStr>(
        &self,
        key: &'static str,
        expected: &str,
    ) -> Result<T, ConfigError> {
        self.optional(key, expected)?
            .ok_or_else(|| self.wrong(key, format!("it is empty; expected {expected}")))
    }

    /// Says what is wrong with a setting's value.
    pub(crate) fn wrong(&self, key: &'static str, problem: String) -> ConfigError {
        ConfigError::Invalid {
            key,
            source_of: self
                .find(key)
                .map_or(Source::Default, |found| found.source.clone()),
            problem,
        }
    }

    fn find(&self, key: &str) -> Option<&Found> {
        self.found.iter().find(|found| found.setting.key == key)
    }
}
