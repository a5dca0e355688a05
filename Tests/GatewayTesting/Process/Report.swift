import Glibc

/// Says what was seen, and whether it is as it has to be.
package final class Report {
    package private(set) var failures = 0

    package init() {}

    /// Prints a line at once.
    package func say(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Something has gone wrong.
    package func fail(_ text: String) {
        failures += 1
        say("FAILED: \(text)")
    }

    /// Something has to be so.
    package func check(_ isSo: Bool, _ text: String) {
        if isSo { say("ok: \(text)") } else { fail(text) }
    }
}
