public import CHookgate
import PluginSDK

/// The type of `hg_plugin_entry_v1`.
public typealias PluginEntryFunction =
    @convention(c) (
        UnsafePointer<hg_host>?, OpaquePointer?, UnsafePointer<hg_block>?, UnsafeMutablePointer<hg_plugin>?
    ) -> hg_status

/// The entry of a plugin: that of a Swift type, or a C function.
///
/// Safe because only a `LoadedPlugin` calls it, with what the header asks for.
@safe
struct PluginEntry: Sendable {
    let function:
        @Sendable (
            UnsafePointer<hg_host>?, OpaquePointer?, UnsafePointer<hg_block>?, UnsafeMutablePointer<hg_plugin>?
        ) -> hg_status

    init<P: Plugin>(of plugin: P.Type) {
        unsafe function = { unsafe P.export($0, $1, $2, $3) }
    }

    /// - Parameter function: A function that obeys the header.
    @unsafe
    init(_ function: @escaping PluginEntryFunction) {
        unsafe self.function = { unsafe function($0, $1, $2, $3) }
    }
}
