//! How requests go out.

use std::path::PathBuf;

use clap::Args;

/// How requests go out. Proxies are those of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "How requests go out")]
pub(crate) struct NetworkArgs {
    /// Don't verify certificates.
    #[arg(short = 'k', long)]
    pub(in crate::run) insecure: bool,
    /// Don't follow redirects.
    #[arg(long)]
    pub(in crate::run) ignore_redirects: bool,
    /// The folder that the files of requests are named from.
    #[arg(
        long,
        value_name = "FOLDER",
        default_value = ".",
        hide_default_value = true
    )]
    pub(in crate::run) working_dir: PathBuf,
    /// Send no file that lies outside the working folder.
    #[arg(long)]
    pub(in crate::run) no_insecure_file_read: bool,
    /// Begin with the cookies of this file (tough-cookie's JSON, as newman's).
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) cookie_jar: Option<PathBuf>,
    /// Write the cookies to this file at the end.
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) export_cookie_jar: Option<PathBuf>,
    /// Trust these authorities besides those of the system (PEM).
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) ssl_extra_ca_certs: Option<PathBuf>,
    /// Show this certificate to servers that ask for one (PEM, or PFX with its key in it).
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) ssl_client_cert: Option<PathBuf>,
    /// The certificate's key (PEM) [default: it stands in the certificate's file].
    #[arg(long, value_name = "FILE", requires = "ssl_client_cert")]
    pub(in crate::run) ssl_client_key: Option<PathBuf>,
    /// What opens the key.
    #[arg(long, value_name = "TEXT", requires = "ssl_client_cert")]
    pub(in crate::run) ssl_client_passphrase: Option<String>,
    /// Certificates by address: newman's list (JSON); --ssl-client-cert is for all other addresses.
    #[arg(long, value_name = "FILE")]
    pub(in crate::run) ssl_client_cert_list: Option<PathBuf>,
}
