package import TestSupport

/// The other commands of `hookgate`, run on a site.
package enum HookgateCommand {
    /// Runs a command to its end; `$SITE` in arguments and results stands for the site's directory.
    package static func run(_ arguments: String..., on site: GatewaySite) async throws -> ChildProcess.Result {
        let here = arguments.map { $0.replacing("$SITE", with: site.directory.path) }
        return try await Blocking.run {
            var result = try ChildProcess.run(
                BuiltProducts.directory() + "/hookgate",
                here,
                environment: ["SWIFT_BACKTRACE": "enable=no"]
            )
            result.output = site.shortened(result.output)
            result.errors = site.shortened(result.errors)
            return result
        }
    }
}
