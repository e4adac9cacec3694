// The reader gave up on the card, or is out itself: why, and what helps, in a picture of its own.

FigurePage {
    title: views.notice.troubleTitle
    refusal: true
    figure: views.notice.picture
    words: views.notice.sentence
    note: views.notice.help
    foot.goLabel: views.notice.plate
    onGo: views.visit.go()
}
