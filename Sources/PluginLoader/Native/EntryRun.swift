import CHookgate
import PluginPayloads

/// The entry point of a plugin's image.
///
/// `@unchecked Sendable`: an address of code, which the library that it was found in has to keep mapped.
@safe
package struct EntryPoint: @unchecked Sendable {
    package static let symbol = "hg_plugin_entry_v1"

    typealias Function =
        @convention(c) (
            UnsafePointer<hg_host>?, OpaquePointer?, UnsafePointer<hg_block>?, UnsafeMutablePointer<hg_plugin>?
        ) -> hg_status

    let function: Function

    /// Finds the entry of a library.
    ///
    /// - Throws: That there is none.
    package init(in library: SharedLibrary) throws(LoadError) {
        guard let address = unsafe library.address(of: Self.symbol) else {
            throw LoadError("the library exports no `\(Self.symbol)`, so it is no plugin")
        }
        unsafe function = unsafe unsafeBitCast(address, to: Function.self)
    }
}

/// One run of an entry: what it registered, the table that it filled, and what it did wrong.
///
/// The table's pointers belong to the plugin, and are valid until its `destroy`.
@safe
struct EntryRun {
    let registration: Registration
    let table: hg_plugin
    /// Whether the plugin has made itself, so that it has something to destroy.
    let isMade: Bool
    let problem: LoadError?

    /// Runs an entry.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - registrar: Takes the registrations; closed afterwards.
    ///   - configuration: The plugin's configuration.
    ///   - host: The host's table, which has to outlive the plugin.
    init(_ entry: EntryPoint, registrar: Registrar, configuration: PayloadBlock, host: UnsafePointer<hg_host>) {
        var table = unsafe hg_plugin()
        unsafe table.struct_size = UInt32(MemoryLayout<hg_plugin>.size)
        let status = withExtendedLifetime(configuration) {
            unsafe entry.function(host, registrar.handle, configuration.unsafeBlock, &table)
        }
        let registration = registrar.close()
        self.registration = registration
        unsafe self.table = unsafe table
        var mismatch: LoadError?
        do throws(LoadError) { try unsafe ABINegotiation.check(table) } catch { mismatch = error }
        isMade = status == HG_OK && mismatch == nil
        let gap = isMade ? unsafe Self.gap(in: table, registration) : nil
        let reason =
            Self.complaint(of: registration) ?? (status == HG_OK ? mismatch?.description : nil)
            ?? registration.refusal ?? Self.failure(status) ?? gap
        problem = reason.map { LoadError($0, problems: registration.problems) }
    }

    private static func complaint(of registration: Registration) -> String? {
        let errors = registration.problems.filter(\.isError)
        guard !errors.isEmpty else { return nil }
        let texts = errors.map { $0.pointer.isEmpty ? $0.message : "\($0.pointer): \($0.message)" }
        return "the plugin refuses its configuration: \(texts.joined(separator: "; "))"
    }

    private static func failure(_ status: hg_status) -> String? {
        status == HG_OK ? nil : "the entry returned \(StatusText.of(status))"
    }

    private static func gap(in table: hg_plugin, _ registration: Registration) -> String? {
        guard unsafe table.name.text?.isEmpty == false, unsafe table.version.text != nil else {
            return "name or version of the plugin's table is missing or no UTF-8: call hg_plugin_init"
        }
        return registration.hooks.isEmpty ? "the entry registered no hook: call add_hook or add_function" : nil
    }
}
