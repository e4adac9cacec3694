// What are you good at? Up to three trades, or anything.
TradeChoice {
    title: qsTrId("ui.trades.ask")
}
