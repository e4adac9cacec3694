// What are you good at, asked anew: what was said before is ticked.
TradeChoice {
    title: qsTrId("ui.trades.ask")
}
