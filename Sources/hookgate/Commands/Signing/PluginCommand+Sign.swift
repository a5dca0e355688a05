import ArgumentParser
import PluginStore

extension PluginCommand {
    /// The command `hookgate plugin sign`.
    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Signs plugins.",
            discussion: """
                Example:
                  hookgate plugin sign --key release.key build/plugins/*.so

                The signature of PLUGIN.so is written to PLUGIN.so.sig, over an earlier one. It covers the
                file as it is: sign it after everything else, such as strip, and copy both files to where
                a gateway looks, the signature first.
                Exit status 1 if a file could not be signed; the others are.
                """
        )

        @Option(help: ArgumentHelp("The private key, of `hookgate plugin keygen`.", valueName: "file"))
        var key: String

        @Argument(help: ArgumentHelp("The plugins' files.", valueName: "plugin.so"))
        var files: [String]

        func run() throws {
            let key: SigningKey
            do throws(StoreError) { key = try SigningKey(file: self.key) } catch {
                StandardError.print("error: \(error)")
                throw ExitCode.failure
            }
            var hasFailed = false
            for file in files {
                do throws(StoreError) {
                    print("\(try key.sign(file)): by the key \(key.publicKey.id)")
                } catch {
                    StandardError.print("error: \(error)")
                    hasFailed = true
                }
            }
            if hasFailed { throw ExitCode.failure }
        }
    }
}
