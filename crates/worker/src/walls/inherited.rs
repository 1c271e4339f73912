//! Nothing that was open in the parent stays open in the child but the three that it was meant to have.

/// Closes all that came along: what the server itself was started with, by a shell or a service manager, may be
/// anything. To be called before this process has opened something of its own.
#[cfg(target_os = "linux")]
#[expect(
    unsafe_code,
    reason = "closing what nobody in this program owns is what no safe interface offers"
)]
pub(crate) fn close_inherited() {
    // SAFETY: the arguments are numbers. Nothing in this process owns a descriptor above 2 yet: this is the first thing
    // that a child does, on its only thread. A kernel before 5.9 lacks the call, and the server opens all of its own
    // with close-on-exec.
    unsafe {
        libc::syscall(libc::SYS_close_range, 3_u32, u32::MAX, 0_u32);
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn close_inherited() {}
