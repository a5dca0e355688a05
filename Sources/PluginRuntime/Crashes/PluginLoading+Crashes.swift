import PluginConfig
import PluginJournal
import PluginLoader
import PluginStore

extension PluginLoading {
    /// Says what the quarantine means for a plugin.
    ///
    /// - Returns: How it runs, and what its status has to say of crashes.
    func admit(
        _ plan: EntryPlan,
        _ staged: StagedFile
    ) throws(LoadFailure) -> (plan: EntryPlan, crashNote: String?) {
        let digest = staged.stored.digest
        var isolated = plan
        isolated.isolation = .process
        switch quarantine.verdict(on: digest) {
        case .run(let note): return (plan, note)
        // In a process of its own it cannot crash this one, whatever it does.
        case .isolate(let reason): return (isolated, reason + "; until then it runs in a process of its own")
        case .refuse where plan.isolation == .process: return (plan, nil)
        case .refuse(let reason): throw LoadFailure(quarantined: digest, reason)
        }
    }

    /// The plugin's number in the crash journal; 0 if its calls are not noted.
    func journalNumber(_ identity: PluginInstance.Identity) -> UInt32 {
        guard let journal else { return 0 }
        let number = journal.number(ofPlugin: identity.name, digest: identity.digest)
        if number == 0 {
            services(identity.name).log(
                .warning,
                "the crash journal has no room for another plugin before the next start: a crash of this one will not be "
                    + "noted"
            )
        }
        return number
    }
}
