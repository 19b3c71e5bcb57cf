# A dapp in Perl: one case comes in on standard input, one verdict goes out. Same input, same bytes; there is no network, no clock, no chance here.
# It accepts a change when every file below fees/ is one whole number of at most 5000 and a line feed. Write your own rule in `judge`.
use strict;
use warnings;

my $most = 5000;

# Sees one file. Nothing: no matter of this dapp; 1: right; a text: why not.
sub judge {
    my ($path, $content) = @_;
    return unless $path =~ m{^fees/};
    return "$path is not one whole number and a line feed" unless $content =~ /\A([0-9]{1,9})\n\z/;
    return $1 <= $most ? 1 : "$path asks $1, more than $most";
}

binmode STDIN;
binmode STDOUT;
my $head = <STDIN>;
# No path holds a quotation mark or a backslash: what stands between two marks is the path. Hashes have no order, so none is printed here.
my ($list) = $head =~ /"files":\[(.*?)\],"kind":"check"/s or die "the input has no files\n";
my ($score, @reasons) = (0);
while ($list =~ /\["([^"]*)","[0-9]+","[0-9a-f]+",([0-9]+)\]/g) {
    my ($path, $length, $content) = ($1, $2, '');
    my $said = <STDIN>;
    die "the input is not framed as declared\n" unless defined $said && $said eq "$length\n" && read(STDIN, $content, $length) == $length;
    my $answer = judge($path, $content);
    next unless defined $answer;
    if ($answer eq '1') { $score++ } elsif (@reasons < 20) { push @reasons, qq("$answer") }
}
my $reasons = join ',', @reasons;
print @reasons ? qq({"reasons":[$reasons],"score":$score,"v":1,"verdict":"reject"}\n) : qq({"score":$score,"v":1,"verdict":"accept"}\n);
