import GatewayApp
import Glibc

/// Who reads standard output.
enum Terminal {
    /// Whether a person does, at a terminal, who has not asked for no colours.
    static var hasColours: Bool {
        let environment = GatewayEnvironment.process
        return isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }
}
