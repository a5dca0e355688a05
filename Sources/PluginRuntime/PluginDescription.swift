import PluginConfig
import PluginLoader
public import PluginPayloads
import PluginStore

/// What a plugin's file says about itself.
///
/// None of its code is run to find out.
public struct PluginDescription: Sendable, Hashable {
    /// The file.
    public let file: String
    /// The manifest; `nil` if the file has none.
    public let manifest: JSONObject?
    /// The version of the plugin interface, such as `0.1`; `nil` if the file does not say.
    public let abi: String?
    /// What the file was built with.
    public let toolchain: String
    /// Why its image stays mapped when it is no longer used; `nil` if it is unmapped.
    public let pinReason: String?
    /// The newest version of the C library that it needs, if it needs one.
    public let glibc: String?
    /// The libraries that it needs.
    public let libraries: [String]
    /// What keeps it from being loaded here; `nil` if nothing does.
    public let refusal: String?
    /// The SHA-256 of the file's content, in hexadecimal.
    public let sha256: String
    /// Why the file is not trusted; `nil` if it is.
    public let distrust: String?

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: The path.
    ///   - configuration: A configuration file, whose `trust` counts; without one, its defaults do.
    /// - Throws: ``RuntimeError`` if it is no shared library for this machine, or the configuration cannot be used.
    public init(file: String, configuration: String? = nil) throws(RuntimeError) {
        let trust = try configuration.map { path throws(RuntimeError) in try TrustPolicy(configuration: path) }
        do throws(LoadError) {
            try self.init(reading: file, trust ?? TrustPolicy())
        } catch {
            throw RuntimeError("\(error)", in: file)
        }
    }

    private init(reading file: String, _ trust: TrustPolicy) throws(LoadError) {
        guard let bytes = FileBytes.read(file) else {
            throw LoadError("it cannot be read, is no regular file, or has more than 512 MiB")
        }
        let image: ELFImage
        do throws(ELFError) { image = try ELFImage(bytes) } catch { throw LoadError("\(error)") }
        self.file = file
        manifest = try PluginFile.manifest(of: image, at: file)?.object
        abi = image.abi.map { "\($0.major).\($0.minor)" }
        toolchain = image.toolchain.description
        pinReason = image.pinReason
        glibc = image.glibc.map { "\($0.version)" }
        libraries = image.needed
        refusal = Self.refusal(of: image)
        sha256 = ContentDigest.of(bytes)
        distrust = Self.distrust(of: bytes, at: file, image, trust)
    }

    /// Why the loader would not trust the file, or the manifest beside it.
    private static func distrust(
        of bytes: [UInt8],
        at file: String,
        _ image: ELFImage,
        _ trust: TrustPolicy
    ) -> String? {
        do {
            // What is read here, with its owners, is the file again: who changes it now is found out by its content.
            guard try trust.bytes(of: file) == bytes else { throw StoreError.beingWritten(path: file) }
            try trust.check(bytes, of: file)
            _ = try PluginFile.manifest(of: image, at: file, trust)
            return nil
        } catch {
            let text = "\(error)"
            return text.hasPrefix("\(file): ") ? String(text.dropFirst(file.count + 2)) : text
        }
    }

    private static func refusal(of image: ELFImage) -> String? {
        do {
            try image.checkEntry()
            if let running = GlibcVersion.running { try image.checkLoadable(runningGlibc: running) }
            if let note = image.abi { try ABINegotiation.check(noteMajor: note.major, minor: note.minor) }
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// The description as programs read it.
    public var object: JSONObject {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return [
            "file": .string(file), "manifest": manifest.map(JSONValue.object) ?? .null, "abi": text(abi),
            "toolchain": .string(toolchain), "unloadable": .bool(pinReason == nil), "pin_reason": text(pinReason),
            "glibc": text(glibc), "libraries": .array(libraries.map(JSONValue.string)), "refusal": text(refusal),
            "sha256": .string(sha256), "trusted": .bool(distrust == nil), "distrust": text(distrust),
        ]
    }

    /// The description as a person reads it.
    public var text: String {
        let rows: [(String, String)] = [
            ("file", file),
            ("name", manifest?["name"]?.string ?? "none: the file has no manifest"),
            ("version", manifest?["version"]?.string ?? "-"),
            ("author", manifest?["author"]?.string ?? "-"),
            ("description", manifest?["description"]?.string ?? "-"),
            ("hooks", Self.list(manifest?["hooks"])),
            ("aliases", Self.list(manifest?["aliases"])),
            ("interface", abi ?? "unknown: the file has no .hookgate.abi section"),
            ("built with", toolchain),
            ("needs glibc", glibc ?? "-"),
            ("needs", libraries.isEmpty ? "-" : libraries.joined(separator: ", ")),
            ("when unused", pinReason.map { "stays mapped: \($0)" } ?? "is unmapped"),
            ("loadable", refusal.map { "no: \($0)" } ?? "yes"),
            ("sha256", sha256),
            ("trusted", distrust.map { "no: \($0)" } ?? "yes"),
        ]
        return rows.map { name, value in
            name + String(repeating: " ", count: 13 - name.count) + value
        }.joined(separator: "\n")
    }

    private static func list(_ value: JSONValue?) -> String {
        let texts = value?.array?.compactMap(\.string) ?? []
        return texts.isEmpty ? "-" : texts.joined(separator: ", ")
    }
}

extension PluginManifest {
    /// The manifest as JSON.
    fileprivate var object: JSONObject {
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        return [
            "manifest": 1, "name": .string(name), "version": text(version), "author": text(author),
            "description": text(description), "tags": .array(tags.map(JSONValue.string)),
            "hooks": .array(hooks.map(JSONValue.string)), "aliases": .array(aliases.map(JSONValue.string)),
            "default_config": .object(defaultConfig), "config_schema": configSchema ?? .null,
        ]
    }
}

extension TrustPolicy {
    /// What the configuration in a file trusts.
    fileprivate init(configuration path: String) throws(RuntimeError) {
        let file = try PluginRuntime.read(path, RuntimeOptions())
        guard let configuration = file.content else { throw RuntimeError(file) }
        do throws(LoadFailure) { try self.init(configuration) } catch {
            throw RuntimeError(problems: error.problems.map { RuntimeProblem($0, in: file.source) })
        }
    }
}
