import ArgumentParser
import GatewayApp
import GatewayCore
import PluginPayloads

/// The command `hookgate user`.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Says who may send requests to a gateway, also to one that runs.",
        subcommands: [Add.self, List.self, Remove.self]
    )

    /// Where the users are.
    struct Place: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "The gateway's data directory. Default: $HOOKGATE_DATA_DIR, else hookgate in $XDG_STATE_HOME or "
                    + "~/.local/state.",
                valueName: "dir"
            )
        )
        var dataDir: String?

        /// Does something with the users; what goes wrong is printed.
        func run<Value: Sendable>(_ body: (UserDirectory) async throws -> Value) async throws(ExitCode) -> Value {
            do throws(GatewayFailure) {
                return try await UserDesk(dataDir ?? DataDirectory.standard(.process)).run(body)
            } catch {
                StandardError.print("error: \(error)")
                throw ExitCode.failure
            }
        }
    }

    /// The command `hookgate user add`.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a user.")

        @Argument(help: "The user's address, which tokens name.")
        var email: String

        @Option(help: "What the user may do: viewer, developer or admin.")
        var role: Role

        @Option(help: "The user's name.")
        var name: String?

        @Option(help: "The tenant that the user belongs to.")
        var tenant: String?

        @Flag(help: "Keep the user out for now.")
        var inactive = false

        @OptionGroup var place: Place

        func run() async throws {
            let form = UserForm(email: email, fullName: name, role: role, isActive: !inactive, tenantID: tenant)
            let user = try await place.run { try await $0.create(form) }
            print("added \(user.line)")
        }
    }

    /// The command `hookgate user list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all users.")

        @Option(help: "How to print the list.")
        var format = OutputFormat.text

        @OptionGroup var place: Place

        func run() async throws {
            let users = try await place.run { try await $0.users() }
            switch format {
            case .text: for user in users { print(user.line) }
            case .json: print(JSONValue.array(users.map { .object($0.object) }))
            }
        }
    }

    /// The command `hookgate user remove`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a user, whose tokens no longer count.")

        @Argument(help: "The user's address.")
        var email: String

        @OptionGroup var place: Place

        func run() async throws {
            try await place.run { try await $0.delete(email) }
            print("removed \(email)")
        }
    }
}

extension Role: ExpressibleByArgument {}

extension User {
    /// The user in a line: `ada@example.com  admin  Ada Lovelace`.
    fileprivate var line: String {
        [email, role.rawValue, fullName, tenantID.map { "tenant \($0)" }, isActive ? nil : "inactive"]
            .compactMap(\.self).joined(separator: "  ")
    }
}
