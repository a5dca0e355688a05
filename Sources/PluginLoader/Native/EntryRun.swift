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
    var registration: Registration
    var table: hg_plugin
    var problem: LoadError?

    init(_ entry: EntryPoint, configuration: PayloadBlock, host: UnsafePointer<hg_host>) {
        let registrar = Registrar()
        var table = unsafe hg_plugin()
        unsafe table.struct_size = UInt32(MemoryLayout<hg_plugin>.size)
        let status = withExtendedLifetime(configuration) {
            unsafe entry.function(host, registrar.handle, configuration.unsafeBlock, &table)
        }
        self.registration = registrar.registration
        unsafe self.table = unsafe table
        do throws(LoadError) {
            try unsafe Self.check(status, registration, table)
        } catch {
            problem = error
        }
    }

    private static func check(
        _ status: hg_status, _ registration: Registration, _ table: hg_plugin
    ) throws(LoadError) {
        let errors = registration.problems.filter(\.isError)
        guard errors.isEmpty else {
            let texts = errors.map { $0.pointer.isEmpty ? $0.message : "\($0.pointer): \($0.message)" }
            throw LoadError(
                "the plugin refuses its configuration: \(texts.joined(separator: "; "))", problems: registration.problems)
        }
        guard status == HG_OK else { throw LoadError("the entry returned \(StatusText.of(status))") }
        try unsafe ABINegotiation.check(table)
        if let refusal = registration.refusals.first { throw LoadError(refusal) }
        guard unsafe table.name.text?.isEmpty == false, unsafe table.version.text != nil else {
            throw LoadError("name or version of the plugin's table is missing or no UTF-8: call hg_plugin_init")
        }
        guard !registration.hooks.isEmpty else {
            throw LoadError("the entry registered no hook: call add_hook or add_function")
        }
    }
}

/// What stands behind `hg_registrar` while an entry runs, on the entry's thread alone.
final class Registrar {
    var registration = Registration()

    /// What the entry gets; valid as long as this object.
    var handle: OpaquePointer { unsafe OpaquePointer(Unmanaged.passUnretained(self).toOpaque()) }

    static func from(_ handle: OpaquePointer?) -> Registrar? {
        guard let handle = unsafe handle else { return nil }
        return unsafe Unmanaged<Registrar>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
    }
}
