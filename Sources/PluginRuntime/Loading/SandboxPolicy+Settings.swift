package import PluginConfig
package import PluginLoader
package import PluginSandbox

extension SandboxPolicy {
    /// What settings say, with the defaults for what they leave out.
    ///
    /// - Throws: That there is no such user.
    package init(_ settings: SandboxSettings) throws(LoadError) {
        self.init(settings.profile.map(Profile.init) ?? .default)
        allowJIT = settings.allowJIT ?? allowJIT
        allowRead = settings.allowRead ?? allowRead
        memoryBytes = settings.memoryBytes.map(UInt64.init) ?? memoryBytes
        stackBytes = settings.stackBytes.map(UInt64.init) ?? stackBytes
        openFiles = settings.openFiles.map(UInt64.init) ?? openFiles
        cpuSeconds = settings.cpuSeconds.map(UInt64.init) ?? cpuSeconds
        onViolation = settings.onViolation.map(ViolationAction.init) ?? onViolation
        degrade = settings.degrade ?? degrade
        guard let name = settings.user?.value else { return }
        guard let user = User(named: name) else {
            throw LoadError("there is no user \"\(name)\" for worker processes; name another one, or give UID:GID")
        }
        self.user = user
    }

    /// What holds while a file is tried that then runs in the gateway's own process.
    ///
    /// What loads there has to load here, so it is as generous as a trial can be. An entry with the profile `none` says
    /// that its plugin needs more than that while it loads.
    package var inProcessProbe: SandboxPolicy {
        var policy = SandboxPolicy.probe
        if profile == .none { policy.profile = .none }
        policy.allowRead = allowRead
        policy.memoryBytes = max(policy.memoryBytes, memoryBytes)
        policy.user = user
        return policy
    }
}

extension SandboxPolicy.Profile {
    fileprivate init(_ profile: SandboxSettings.Profile) {
        switch profile {
        case .none: self = .none
        case .default: self = .default
        case .strict: self = .strict
        }
    }
}

extension SandboxPolicy.ViolationAction {
    fileprivate init(_ action: SandboxSettings.ViolationAction) {
        switch action {
        case .errno: self = .errno
        case .kill: self = .kill
        }
    }
}
