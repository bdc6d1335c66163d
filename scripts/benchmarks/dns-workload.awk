# A zone and a query file for it: awk -v names=N -v queries=Q -v seed=S -v zone=FILE -v questions=FILE -f dns-workload.awk
# Of the names 70 % have an A, 10 % A and AAAA, 8 % are aliases, 5 % MX, 4 % TXT, 3 % are cut. Of the questions 80 % have an answer.
function random(below) { state = (state * 16807) % 2147483647; return state % below }

function label(i,    text, n) {
    text = ""
    for (n = 4 + random(8); n > 0; n--) text = text substr(letters, 1 + random(26), 1)
    return text i
}

BEGIN {
    letters = "abcdefghijklmnopqrstuvwxyz"
    state = seed % 2147483646 + 1
    apex = "bench.kp"
    print "$ORIGIN " apex ".\n$TTL 3600" > zone
    print "@ SOA ns1 hostmaster 1 7200 3600 1209600 300\n@ NS ns1\n@ NS ns2\nns1 A 10.76.0.1\nns2 A 10.76.0.2" > zone
    host = "ns1"
    for (i = 0; i < names; i++) {
        name[i] = label(i)
        kind = random(100)
        address = "10." random(256) "." random(256) "." (1 + random(254))
        if (kind < 70) { print name[i] " A " address > zone; type[i] = "A" }
        else if (kind < 80) {
            print name[i] " A " address "\n" name[i] " AAAA fd00:76::" i % 9999 > zone
            type[i] = random(2) ? "A" : "AAAA"
        }
        else if (kind < 88) { print name[i] " CNAME " host > zone; type[i] = "A" }
        else if (kind < 93) { print name[i] " MX 10 " host > zone; type[i] = "MX" }
        else if (kind < 97) { print name[i] " TXT \"v=bench name " i "\"" > zone; type[i] = "TXT" }
        else { print name[i] " NS ns." name[i] "\nns." name[i] " A " address > zone; type[i] = "CUT" }
        if (kind < 80) host = name[i]
    }
    for (q = 0; q < queries; q++) {
        i = random(names)
        kind = random(100)
        if (kind >= 93) print "no" name[i] "." apex " A" > questions
        else if (type[i] == "CUT") print "www." name[i] "." apex " A" > questions
        else if (kind >= 85) print name[i] "." apex " SRV" > questions
        else print name[i] "." apex " " type[i] > questions
    }
}
