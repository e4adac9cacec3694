// No slip came, or half of one: no paper, or a printer that stands.
SlipTrouble {}
