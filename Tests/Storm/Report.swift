import Glibc

/// Says what was seen, and whether it is as it has to be.
final class Report {
    private(set) var failures = 0

    /// Prints a line at once.
    func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Something has gone wrong.
    func fail(_ text: String) {
        failures += 1
        say("FAILED: \(text)")
    }

    /// Something has to be so.
    func check(_ isSo: Bool, _ text: String) {
        if isSo { say("ok: \(text)") } else { fail(text) }
    }
}
