public import CHookgate
import Glibc
import PluginSDK

/// How long a hook does not return.
struct Wait: Codable, Sendable {
    var milliseconds: Int
}

/// Hooks that do not return in time, synchronous and after a suspension.
struct Stubborn: Plugin {
    static let name = "bench_stubborn_swift"
    static let version = "1.0.0"

    init(configuration: NoConfiguration, host: PluginHost) {}

    func register(on hooks: HookRegistrar) {
        hooks.on("swift_sleep", Wait.self) { wait, _ in
            Self.sleep(wait)
            return .proceed
        }
        hooks.on("swift_spin", Wait.self) { wait, _ in
            Self.spin(wait)
            return .proceed
        }
        hooks.on("swift_async_sleep", Wait.self) { wait, _ in
            await Task.yield()
            Self.sleep(wait)
            return .proceed
        }
        hooks.on("swift_async_spin", Wait.self) { wait, _ in
            await Task.yield()
            Self.spin(wait)
            return .proceed
        }
    }

    private static func sleep(_ wait: Wait) {
        usleep(UInt32(wait.milliseconds) * 1000)
    }

    private static func spin(_ wait: Wait) {
        let end = ContinuousClock.now + .milliseconds(wait.milliseconds)
        while ContinuousClock.now < end {}
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
/// The entry of the plugin.
@c @implementation
public func hg_plugin_entry_v1(
    _ host: UnsafePointer<hg_host>?,
    _ registrar: OpaquePointer?,
    _ config: UnsafePointer<hg_block>?,
    _ plugin: UnsafeMutablePointer<hg_plugin>?
) -> hg_status {
    Stubborn.export(host, registrar, config, plugin)
}
