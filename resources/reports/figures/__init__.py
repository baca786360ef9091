"""What the answers of a campaign say together: counted, masked, crossed, compared.

``records`` reads the answers in one query; everything else is pure. A figure is never given in
clear when fewer than ``smallest`` answers stand behind it, nor when it would give such a one away
beside the others that are shown: docs/adr/0036 says the rules, ``masking`` keeps them.
"""
