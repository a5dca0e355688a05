import ArgumentParser
import GatewayApp

/// The command `hookgate token`.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Makes tokens for the users of a gateway.",
        subcommands: [Create.self]
    )

    /// The command `hookgate token create`.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a token by which a user can send requests.",
            discussion: """
                Example:
                  TOKEN=$(hookgate token create --config plugins.yaml --user ada@example.com)
                  curl -H "Authorization: Bearer $TOKEN" localhost:4444/prompts

                It is signed with auth.jwt_secret of the configuration, and says what auth.audience
                and auth.issuer ask for. The user has to be there when the token is used (hookgate
                user add).
                """
        )

        @Option(help: ArgumentHelp("Whose token it is.", valueName: "email"))
        var user: String

        @Option(help: ArgumentHelp("How long it counts: 90s, 30m, 12h or 7d.", valueName: "time"))
        var expires = Lifetime(duration: .seconds(7 * 86_400))

        @Option(
            help: ArgumentHelp(
                "The gateway's configuration file. Default: $PLUGINS_CONFIG_FILE.",
                valueName: "file"
            )
        )
        var config: String?

        @concurrent
        func run() async throws {
            do throws(GatewayFailure) {
                var flags = GatewayOptions.Flags()
                flags.configuration = config
                let options = try GatewayOptions(flags, .process)
                let desk = try TokenDesk(options)
                print(try await desk.token(for: user, lifetime: expires.duration))
            } catch {
                StandardError.print("error: \(error)")
                throw ExitCode.failure
            }
        }
    }
}

/// A span of time as it is written on the command line: a number and a unit.
struct Lifetime: ExpressibleByArgument, Sendable {
    let duration: Duration

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    /// Ten years.
    private static let longest = 3_650 * 86_400

    init(duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let unit = argument.last.flatMap({ Self.units[$0] }), let count = Int(argument.dropLast()),
            (1...Self.longest / unit).contains(count)
        else { return nil }
        duration = .seconds(count * unit)
    }

    var defaultValueDescription: String { "7d" }
}
