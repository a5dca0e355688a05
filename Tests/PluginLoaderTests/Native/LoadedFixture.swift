import PluginHooks
import PluginLoader
import PluginPayloads
import Synchronization
import TestSupport

/// Plugins of the tests, entered in this process.
enum LoadedFixture {
    /// Runs the entry of a fixture.
    static func instance(
        _ name: String,
        _ configuration: JSONObject = [:],
        services: RecordedServices = RecordedServices()
    ) throws -> NativeInstance {
        let library = try SharedLibrary(path: FixturePlugin.path(name), isPinned: false)
        return try NativeInstance(
            library,
            entry: EntryPoint(in: library),
            configuration: PayloadBlock(configuration),
            services: services,
            executor: nil,
            limits: PayloadLimits()
        )
    }
}

/// What a plugin has written.
final class RecordedServices: HostServices {
    private let recorded = Mutex<[String]>([])

    var lines: [String] { recorded.withLock { $0 } }

    func log(_ level: LogLevel, _ message: String) {
        recorded.withLock { $0.append("\(level): \(message)") }
    }

    func count(_ counter: String, by amount: Int64) {
        recorded.withLock { $0.append("\(counter) + \(amount)") }
    }
}
