// The paper is not known to be in hand: nobody knows whether it came out, or the machine drew it back in.
SlipTrouble {}
