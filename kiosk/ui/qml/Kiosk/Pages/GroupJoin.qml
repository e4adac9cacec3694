// A class for several people begins: whoever takes part lays the card down, one after another.
FigurePage {
    title: views.group.title
    figure: "pictograms/laycard"
    words: qsTrId("lesson.group.join")
    note: views.group.come + (views.group.said.length > 0 ? " · " + views.group.said : "")
    foot.goLabel: qsTrId("lesson.group.start")
    foot.goReady: views.group.isReady
    onGo: views.visit.go()
}
