// A state as a shape first and a colour second: ok, warn, stop, unknown, now, waiting, known (done before); or the figure of calling.
import QtQuick

Icon {
    required property string kind
    readonly property var tints: ({ ok: Theme.ok, warn: Theme.ink, stop: Theme.stop, unknown: Theme.mute, now: Theme.ink, waiting: Theme.mute, known: Theme.mute, call: Theme.ink })

    name: kind === "call" ? "pictograms/call" : "ui/lamp_" + (kind === "known" ? "ok" : kind)
    size: Theme.px(92)
    tint: tints[kind]
}
