// Which work to see on the board.
TradeChoice {
    title: qsTrId("ui.trades.title")
}
