import PluginSandbox
import Testing
