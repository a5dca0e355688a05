// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "stubborn-swift",
    products: [.library(name: "Stubborn", type: .dynamic, targets: ["Stubborn"])],
    dependencies: [.package(path: "../../../../PluginSDK")],
    targets: [
        .target(name: "CStubbornManifest", dependencies: [.product(name: "CHookgate", package: "PluginSDK")]),
        .target(
            name: "Stubborn",
            dependencies: [
                "CStubbornManifest",
                .product(name: "PluginSDK", package: "PluginSDK"),
                .product(name: "CHookgate", package: "PluginSDK"),
            ],
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--version-script=\(Context.packageDirectory)/exports.map"])
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
