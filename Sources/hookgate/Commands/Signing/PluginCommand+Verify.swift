import ArgumentParser
import PluginPayloads
import PluginStore

extension PluginCommand {
    /// The command `hookgate plugin verify`.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks the signatures of plugins.",
            discussion: """
                Example:
                  hookgate plugin verify --key release.pub plugins/*.so

                The signature of PLUGIN.so is PLUGIN.so.sig; one of the keys has to have made it.
                Exit status 0 if all are good, else 1.
                """
        )

        @Option(help: ArgumentHelp("A public key, of `hookgate plugin keygen`; may be repeated.", valueName: "file"))
        var key: [String]

        @Option(help: "How to print what is found.")
        var format = OutputFormat.text

        @Argument(help: ArgumentHelp("The plugins' files.", valueName: "plugin.so"))
        var files: [String]

        func run() throws {
            var keys: [VerifyingKey] = []
            for file in key {
                do throws(StoreError) { keys.append(try VerifyingKey(file: file)) } catch {
                    StandardError.print("error: \(error)")
                    throw ExitCode.failure
                }
            }
            let findings = files.map { Finding($0, keys) }
            switch format {
            case .text: for finding in findings { print(finding.text) }
            case .json: print(JSONValue.array(findings.map { .object($0.object) }))
            }
            if findings.contains(where: { $0.reason != nil }) { throw ExitCode.failure }
        }
    }
}

/// What was found out about the signature of one file.
private struct Finding {
    let file: String
    var sha256: String?
    var key: String?
    /// Why the signature is not good; `nil` if it is.
    var reason: String?

    init(_ file: String, _ keys: [VerifyingKey]) {
        self.file = file
        do throws(StoreError) {
            let bytes = try TrustPolicy(checksOwners: false).bytes(of: file)
            sha256 = ContentDigest.of(bytes)
            key = try Signature.beside(file).verify(bytes, of: file, by: keys).id
        } catch {
            reason = "\(error)"
        }
    }

    /// The messages of failures begin with the file.
    var text: String { reason ?? "\(file): signed by the key \(key ?? "")" }

    var object: JSONObject {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return [
            "file": .string(file), "sha256": text(sha256), "valid": .bool(reason == nil), "key": text(key),
            "reason": text(reason),
        ]
    }
}
