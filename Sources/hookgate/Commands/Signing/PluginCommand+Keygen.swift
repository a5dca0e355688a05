import ArgumentParser
import PluginStore

extension PluginCommand {
    /// The command `hookgate plugin keygen`.
    struct Keygen: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a pair of keys for the signatures of plugins.",
            discussion: """
                Example:
                  hookgate plugin keygen --output release
                  hookgate plugin sign --key release.key build/plugins/*.so

                It writes PREFIX.key, which signs, for your eyes alone, and PREFIX.pub, which gateways
                get to know:

                  trust:
                    public_keys: [release.pub]

                No file that is there is overwritten. Keys are of Ed25519, and not encrypted.
                """
        )

        @Option(help: ArgumentHelp("The beginning of both files' names.", valueName: "prefix"))
        var output = "hookgate"

        func run() throws {
            let key = SigningKey()
            do throws(StoreError) { try key.write(prefix: output) } catch {
                StandardError.print("error: \(error)")
                throw ExitCode.failure
            }
            print("\(output).key, which signs: keep it to yourself")
            print("\(output).pub, for trust.public_keys: \(key.publicKey.text)")
        }
    }
}
