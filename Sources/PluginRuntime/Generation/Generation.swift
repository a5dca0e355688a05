import PluginConfig
import PluginHooks

/// What is loaded and configured, as one immutable snapshot.
///
/// Requests hold the one they began with.
final class Generation: HookPlans {
    /// One entry of the configuration, and what became of it.
    struct Member: Sendable {
        let status: PluginStatus
        let instance: PluginInstance?
    }

    let number: Int
    let registry: HookRegistry
    /// In the order in which the plugins run.
    let members: [Member]
    /// What it was made of.
    let configuration: RuntimeConfiguration

    init(number: Int, registry: HookRegistry, members: [Member], configuration: RuntimeConfiguration) {
        self.number = number
        self.registry = registry
        self.members = members
        self.configuration = configuration
    }

    /// A generation without plugins.
    static func empty(number: Int, _ configuration: RuntimeConfiguration) -> Generation {
        Generation(number: number, registry: .empty, members: [], configuration: configuration)
    }

    /// The instances that run, by what makes them the same.
    var instances: [PluginInstance.Identity: PluginInstance] {
        let pairs = members.compactMap { member in member.instance.map { ($0.identity, $0) } }
        return Dictionary(pairs) { first, _ in first }
    }
}
