// Words that step down until they stand in the given width; they wrap only when one line would be much too small.
import QtQuick

Words {
    id: fitted

    required property real room
    property int lines: 1
    property real smallest: Theme.px(32)
    // Below this share of their size, words that may wrap do so rather than shrink further.
    property real wrapBelow: 0.8
    property real fullSize: Theme.type(step)
    // Where somebody else has parted the words into lines, this is the size at which the longer one fits.
    property real partedSize: 0
    readonly property real oneLineSize: fullSize * room / Math.max(1, measure.advanceWidth)
    // Before the page is laid out there is no room, and nothing to step down for.
    readonly property bool wraps: room > 0 && lines > 1 && (hasSpaces || /[^\x00-\x7f–]/.test(text)) && oneLineSize < Math.max(smallest, fullSize * wrapBelow)
    // A wrapped line is rarely full: Latin words break at spaces, and Hanzi come whole.
    readonly property bool hasSpaces: text.includes(" ")
    readonly property bool hasHanzi: /[^\x00-\xff–]/.test(text)
    readonly property real share: hasSpaces ? Math.min(lines * 0.86, lines === 2 && !hasHanzi ? 0.88 * text.length / longerHalf : lines) : text.length / Math.max(1, Math.ceil(text.length / lines) + (text.length > 10 ? 1 : 0))
    // Two lines of Latin part at the space that leaves the longer one shortest.
    readonly property int longerHalf: text.split("").reduce((least, sign, at) => sign === " " ? Math.min(least, Math.max(at, text.length - at - 1)) : least, text.length)
    // No Latin word, and no span of hours, may be broken within, so the longest one sets a limit; Hanzi are parted anywhere.
    readonly property real longestWordSize: hasSpaces ? fullSize * room / Math.max(1, longest.advanceWidth) : fullSize
    readonly property real fittingSize: partedSize > 0 ? partedSize : wraps ? Math.min(oneLineSize * share, longestWordSize) : oneLineSize

    width: Math.min(room, Math.ceil(implicitWidth))
    wrapMode: wraps ? Text.Wrap : Text.NoWrap
    font.pixelSize: Math.round(Math.max(smallest, Math.min(fullSize, Math.floor(fittingSize))))

    TextMetrics {
        id: measure
        text: fitted.text
        font.family: Theme.face
        font.pixelSize: fitted.fullSize
        font.weight: fitted.weight
    }
    TextMetrics {
        id: longest
        text: fitted.hasSpaces ? fitted.text.split(/[^\x00-\xff–]+| /).reduce((one, other) => other.length > one.length ? other : one, "") : ""
        font: measure.font
    }
}
