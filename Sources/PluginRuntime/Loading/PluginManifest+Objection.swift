import PluginLoader

extension PluginManifest {
    /// Says where the plugin's entry does not agree with its manifest.
    func objection(to report: ProbeReport) -> String? {
        guard report.name == name else {
            return "its entry calls it \"\(report.name)\", its manifest \"\(name)\"; they have to agree"
        }
        if let version, report.version != version {
            return "its entry gives version \"\(report.version)\", its manifest \"\(version)\"; they have to agree"
        }
        let undeclared = report.hooks.first { !hooks.contains($0.name) }
        guard !hooks.isEmpty, let undeclared else { return nil }
        return "its entry registers the hook \"\(undeclared.name)\", which its manifest does not list"
    }
}
