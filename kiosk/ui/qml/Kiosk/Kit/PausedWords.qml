// Words of one sentence that wrap where the sentence pauses, or between two words, so that both lines are much alike.
import QtQuick

FitWords {
    id: paused

    required property string sentence
    readonly property bool isLong: lines > 1 && room > 0 && room < whole.advanceWidth * Math.max(smallest / fullSize, wrapBelow)
    readonly property int pause: sentence.includes("\n") ? 0 : nearest(isPause, 0.32)
    readonly property int gap: pause > 0 || /[^\x00-\xff–]/.test(sentence) ? 0 : nearest(isGap, 0.5)
    readonly property int at: isLong ? Math.max(pause, gap) : 0
    readonly property string first: sentence.slice(0, at).replace(/ · ?$/, "").trim()
    readonly property string second: sentence.slice(at).trim()
    readonly property real halvesSize: at > 0 ? fullSize * room / Math.max(1, firstLine.advanceWidth, secondLine.advanceWidth) : 0
    readonly property bool parts: halvesSize >= smallest

    // The place after the sign that is nearest to the middle, 0 where none is within this share of the length.
    function nearest(ends: var, share: real): int {
        const middle = sentence.length / 2;
        const off = place => Math.abs(place - middle);
        return sentence.split("").reduce((best, sign, at) => ends(sign, at) && off(at + 1) <= share * sentence.length && (best === 0 || off(at + 1) < off(best)) ? at + 1 : best, 0);
    }
    function isPause(sign: string, at: int): bool {
        return "，；。：、".includes(sign) || (",;:·".includes(sign) && sentence[at + 1] === " ");
    }
    function isGap(sign: string, at: int): bool {
        return sign === " ";
    }

    text: parts ? first + "\n" + second : sentence
    partedSize: parts ? halvesSize : 0

    TextMetrics {
        id: whole
        text: paused.sentence
        font.family: Theme.face
        font.pixelSize: paused.fullSize
        font.weight: paused.weight
    }
    TextMetrics {
        id: firstLine
        text: paused.first
        font: whole.font
    }
    TextMetrics {
        id: secondLine
        text: paused.at > 0 ? paused.second : ""
        font: whole.font
    }
}
