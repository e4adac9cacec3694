// The slips of a team come out one after another, and its list behind them.
TeamPage {
    at: "slip"
}
