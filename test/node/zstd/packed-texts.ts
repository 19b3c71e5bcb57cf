// Texts, and what the program `zstd` 1.5.4 made of each of them: small, and between them with every kind of literals, tables and distances that it writes.

/** One text and its packed form. */
export interface PackedText {
  readonly name: string;
  readonly plain: Buffer;
  readonly packed: Buffer;
}

const bytes = (lines: string): Buffer => Buffer.from(lines.replaceAll(/\s/g, ''), 'base64');

/** Letters by a row of numbers that is the same in each run. */
function letters(seed: number): (count: number, kinds: number) => string {
  let state = seed;
  const next = (kinds: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % kinds;
  };
  return (count, kinds) => Array.from({ length: count }, () => String.fromCodePoint(97 + next(kinds))).join('');
}

const first = letters(7);
const shelves = Array.from({ length: 200 }, () => `${first(4, 26)} is one of the shelves\n`).join('');
const nibbles = first(700, 16);
const slides = Array.from({ length: 60 }, () => `${first(90, 20)}\n`.repeat(300)).join('');
const second = letters(9);
const block = Array.from({ length: 40 }, () => second(60, 12));
const repeats = Array.from(
  { length: 9_000 },
  (_, index) => `${(block[(index * index) % 40] ?? '').slice(0, 20 + (index % 3))}${index % 50 === 0 ? second(8, 12) : ''}`,
).join('');
const entries = Array.from(
  { length: 20 },
  (_, index) =>
    `entry ${(index * index * 7919) % 10007} of shelf ${index % 13} holds ${'abcdefghijklmnopqrstuvwxyz'.slice(index % 5, 5 + ((index * index) % 17))}\n`,
).join('');
const runs = Buffer.concat([Buffer.alloc(200_000, 'gdo'), Buffer.from(entries), Buffer.alloc(300_000)]);

/** `slides` has a window of 128 KiB and many times as many bytes. */
export const packedTexts: readonly PackedText[] = [
  {
    name: 'shelves',
    plain: Buffer.from(shelves),
    packed: bytes(`
    KLUv/WQYFJURAHbyfxWAJQ/wN6k7CRy/poZeRmREz6wE6wF5AHkAeQDPVJIQtxxTDmtr3jOmCGdMQ3x5a5a+f2r4Wr63HJKzhZtfkXS2y+CmiYUvtDQdS9e2ayL1/MVorOaptYLpOceM
    GShUmjpQPh4G5k3rKIuE3sZpDJ6eUAP+gDcGTZHRAl2nDdgzYV08Afh4ahgPDPMBwoGxOOAnIHS4rzgwO2eQJYqt2fbnfCi9ExsHRYLkM0kCh0ESOUpR9VnxxFo3aCUSxzEt6Qr0kPcb
    5BAZhjLzQW9xHmcYYIHtTRl7u7GKQRqPE4rthLCIf8kDs+Q/YgHuWogwBUNQoqz670JNVynRnF/iRWBjjsnRNhlx6V7Kj6NtAi104fIWiIfDQDlbIaShVZhiUOcL7d3/bTHLMFRzoc6l
    Xaa8F2Cb105SpUcfKv3IdpABbGEDD7cleMKMwOhLKgW5071zs/XF5S0nCMeIjk4RHYSnmECMhMr/dCp4XhQEz5usHcGJwGlNsdH9MIlwmzLH9DWnYPO4TColBEYquwVTzT6KthIiUJpe
    FjSFGH1QVqclSHSeIJQxor77peNljMaSOnScs17p4H+ikaEVLRSDiYOfLHculSCIhLrOH7NxZaGijF9hzMZbixGZAsJiY9iWO0WddKW5KhTlPxrTTCWlZC+C57nyATPfH9XCMDz2WAGA
    x6gRIAQUfv8z8KXtEfx/vGMM0gTySD+w1vfSQVHzKOBS70tT8qBO/PKN/uyerAJc1trg
    `),
  },
  {
    name: 'nibbles',
    plain: Buffer.from(nibbles),
    packed: bytes(`
    KLUv/WS8AbULAMarXAvQDyRJkiTJBwAoD1gAWABYAI5Fj8w/mWBxmQq7eiFC+Fc09k6E7UebGPQ0rfYJhuy/XcOO3ho8cWr2zlRYpEW/JmM0x2Fd32sQOSFJF6r2+iXts4GHLqjwchTl
    88xhEgMkU8ZE1gYxqBj9rpupoAknp6D3SigffFKMyVi74WgYSzMwA7YnVD6sH6BZNjnNH11/AKnTiYocJ7YaNoZHZ4XkBLZRB8UqvW3an2kxY63jelmskdtjqonU85ZqwCYJwHUXJ+wA
    FgsWaNIdmMwhRui9X+w9hphQdn6jn1FaEWVFyDM1iDUhYvrIo+pHRVx2CWuKq0SWSKwY3lyGAyZpAqwezqYZEWWkSjhFCgxl0ZCnSGbOUD4h0yddFl61Ln07xiLUXd3RsNiHv9594enn
    yBFJMBG6lttcTDHEevFJdtXRuFPnnzR/lLogtrttyLHar+i1RyQ29PdqIzvbve4STuRR/rjBEeIe1aLKT1kiL7kmiRYAf0zYmA==
    `),
  },
  {
    name: 'runs',
    plain: Buffer.from(runs),
    packed: bytes(`
    KLUv/aQrpAcAXAAAGGdkbwEA+v/mbghMBwDyBxkXkM0BzOD09PS0vxV3ly5zU1KSNZ0pNDZAN95+3f9Wxp7JytC5Ji4/4io3bKv4+O/d2427Ge3uy7lOTVIEPc6y7G6YRUk0M5HDSObG
    Ah+/Bc8Rg7AktzhHsbxDWoWz2KqiqXkBQKBRUUWtwsYcoEwksLENsW/UD+KcyfihmexvBlm7YLgmid0hE6xBktgAm+Z8yKRBAlFCptAEfPWwkV4ogl3YknJbvt2PLNftYzbekY3NZwDo
    KdmOHTQhKbd3Lcu9Bd3zNj8gdysLe1rIfJyF7QNhOBM7T2uRWbp7wQaVM1BPg7kIAgIAEABbIQ0AhH7iRw==
    `),
  },
  {
    name: 'repeats',
    plain: Buffer.from(repeats),
    packed: bytes(`
    KLUv/aTo5wIAzCAACkQECArgbSJ3ppTcDaCOfAB9AHsAREfRtjQQQ8MGwINKy5EB+AJV9JYJrSKaZCBIaGIwHQvYBEpH3jVVwMaH4sxnBrlbMR4QvOWVohkDA0RQEC0PiGA44L6SqMnN
    EO8WMXv8SnGFziENdOS0N7unYh5/zWvb0AZ4I78XO0MYmIoC0RWEk1a1VPJ+fDMDHrO/DEW4VKpiRYiheaag/gFvpvYdRJ2ZRxMHoawGzk4nvs0k8QEFS6B6gx9GH4iTWbP1J1cB9NHP
    UFN6qQbbVZ1uyyl2Eh4xewDI49CjvJG0pJqLkI8LiI5sd1SxuRnUiggjwJm7gDDmj50ykeCARETc/Woe5xJOcTs5lUVozjIBhpCrwTs9CiPh8rki+LUWdJMn002dSdmjaPjVjEZHKccr
    frlODcSNi5JjBC4oY6lqVe4gQ66OYhVXXXEm/EFVpohFsrynMbMt7jK1xNnrOJ+drw6yg49LTp2DqHYxp8hPYdc0jbD0OhMD4Yn2NC5Knqj5STtKEY+Po0cKcQZ0A+wUFMGZB/mM2UBI
    6mf2IVDRqYgVHIAH0Xs1pk2mDo46SN1toyxYnAHHAI+iZ0JXEQIm8LtBCQDLtBZPcNIDe9stuwOGtf5s69sKha3kAxAgo5MIC1+RyCJHQ8c77aGgxNI0QH/JNwUtCpg2CJsd8YgmBed0
    QPQLP4DOqFEJIYQo1PVqO3HBUKZIRETIDiIQBP5lOJDg/2+Iph+NX74jBmPG0QXz74UMlikfA80LLltTBjMjE4PJlIcLhhn/Z7AZoxh8CRXFYMw4mcEzmsJgM4YLtDN4LN0L+HPsUPKc
    BaN/r24yOGFw2Uopg2c0KYP/3S2YGeQMygVGM3j5OjI4hvhfMJnyZ3BhcD+3XgCRBjOjJA2WKYMwOFM4aTCZcmAA5oIvgx0GL1/0gjEjzMC4wHjBzLgyGI7BM9pecAxhMaAY4LPglWw2
    g804LnC84H9nBss6y45OLygLaAYWg2zByABhUL5gzCgxuGNw2Zq/4OW7GXwYLFOgW2BWVfIZ/O9CDC5b/edQJ8bgY/DG4MGg0QAOCk5nj9dzBmcKYTAtSAwcBnwBEAO8gLAAkMHM+C9I
    C2oM8AKABQKgKKMLN/WCuyA+g82YLnDkgjOFpLMWRZ8zCeXPWYAaz1GIgucsQo3nKEDBcxaixnMUoeA5C1DjOQpR8JxFqPEcBSh4zkLUeI4iFCxnEWosRzEKnrOEGtFRgIJ0FkSN5ihC
    wXMWoMZzDCE6nzFRSwD6D+RF76Fpu1CBWm/evW1J+PVKSqplWlqYmgo/8J90VnGWw7oMntYtu9e9SLg8nVSV3/9gjUpY3xcmseZ/byws5wN+Tkm17nLXRys/i4qES/CPtlrzVbkFsixM
    yK0i/1nZVY0VEatNDADHly0sACwALAAjrzsnOmaGWHRTHpvMS5stjKs4OQdGDiXmoswPNlAvYwgShBENruquFQMHAg0jMioCoVjUhQgI2D8BvrP4cSbCVPmRmFwR/ousiHVcS7xbBFUj
    pWrO5hU00gr/dXrjbJv88UMzRYySSxHZy35NeJY6IrkDJHhC00qEjdGBq5GQ4klJTQMxV7XBZnj3kii4Icz8e7lo9e5YRvNX4IwxcKfLjGyYEsZz4HtjBVCIsTUEAjqsIIJCGH7hmPBD
    SCr3AQT8714wzKgzmBmDwcoWueBKR8jgF4H4AlwwmXJm8IzuGcy/pzGYGVuDKx0OBn7Bli8yeCxtGMyMdcGVDkcGHoM9BtUMhsGXELxAPA2eEd9g/v1fsBn7Gbx8kRmMTMkLkMH8+2Mw
    Mz4XXLZAGWzG+QIQCziDM8VnsLIlXXByHQ3m30MM7ucIgysdZAb7d/KCvhaYwcrWYzDMGHgBaTBo8L9PF1y2rDcngPRVwozBZpRjYJHBMzYG8+97wf++hRUGFgSZGXck
    `),
  },
  {
    name: 'slides',
    plain: Buffer.from(slides),
    packed: bytes(`
    KLUv/YQ4cP4YACwJADZcQw+weckuWbHENrS+YRgGKCA+AD0APgDlJ5DER5xmtswTrzYQrOH30dIbYq0qiJf0NmQfS6+9MAz5yWon2CSNoyJqbxJQySJ9zClvQIXcYDGe5KNjSuUsUvk1
    B2vR5x5c1uYX6LlUm3Y59GcCw6IqVESZulSHSSL9No/FsLVeBDLNcQxWeTq/XuJl8rlXFyx2DxvMVcheUEHsSy0FbrxVVRKay8rThFA744zRUxAaJlrAsk8wtSEj+f5bj3h3kuq10czM
    MEJLPFYINoWYcJGYLq6ImJgKn0G0kPbS5am7cNIxgXi4HTKqi3InkjqahwnnkwuH99wUxrg4PJAXomt9pvCuqSjHFQjXVM+FwW8cBUQZMtpEBbQjFWhHKtCOVNiMVC8EJAkA55tAQAA/
    AD8AZYWWLcnJGs01dUJy4iUjJWOCMWV8do2V7OuRHkYnL48SMnzMnLsh1jDz2F6DDNkawv8kcoaHEMgeDhUOomMqL6gQkRhtCZUikRBbFkfTBjR5drZRICchvYI3qXVI9qjswyJiVtBR
    IKVJz/1JhshoH1068jP5TnoUwl9Jh13XA0S5zKohr4lGWYJ9jn44QZ2cRSAj5uJN611sHOQqPwiXZBR4UqMhSrAYbahVD88YbdtfAhsPZSaM5IQREuvoAefcMX7YYnYks46jHBY5ZbuK
    Fd2GC2mhgyDqASELLoo4fYrVyfdJ8eWzE1EiCe+wUoskjOE2mMaGc1UObnUHBwDa9wd8aEcq2I92pII9tCMV7OdIdVeqr6zFlNcHKxQJAOdbQD4APwA/AGwWTrMPxx4Fia9P98OczMLZ
    iZAulBTlD/aQDHJDT9zi615p5a5QCreRmI4bCTPqAlq+NwGRPM+u18dLOUhGvFVMjaNnPdwyoXgJWwUvaNElXHzJH3PS2cJVhvAR0jyhkhIqNk6RuuXnTKVy0K10+DZSzqlyWqwwZkp6
    wDcUjOyBNZFl29YtfsgR1oxOGUxD0+DXQAL5PotCpp0sFliMGqRKcg6d0JaiTtDSN49XNK+QryMd4XlEr9FLN9kBRQ5JlQgVIcNEeWTMvtdBlLrQ2eVNVh5EVphR8NOF8XVODUKysNmB
    nnfXNHoihpWAJBQuguywWSk3zsy/BBQCByAgP9qq4kM7Uu1HO1LtoR2p9vMjlZ38gJop/FgDDAkAx9s/PwA+AD4Am5YFWhZaJnQKl2czlZrgmjbMkTIQTT8aI7DpckTgMm2qiiBZZERQ
    DP9FExIpRChGIoSNM4L3XHBhyqwdiSUifznEaTvLxWKDuTkLyCk4qkKIbi9w9CFnGx+RZRNSpjN2aWHF/WQIGK692F1rbSAGTw0axNbayknESpfQLgGkuB6FK6haxh4CmjzjjzieH0Fz
    k6LwBdWPIMofF9WpHw3f6ghDZVyHHOfksociHAuTSpmWKQkxLv01Qz5sBZUdTiI2lTR1mmQzaedQuBwhDV+jgXASP3ikXOIHEUcSd9pYfBU+aY75dzR8cPh965HSHEhSZKMxFFWe2C0o
    ByAgNx4ZXvWhHan2ox2p9tCOVPZjRyruPSdk5sf7NewIACdcQD8APwA+AHmKVI2hePwvUXcf4aOUW4nPELXOyLUSlmUrqM/WecWilcaZKCeVFK7EnUyiKQjy+mAWa5TvE5roQeiKsvgw
    CansBSF4yHrtlxIK5zhrioSeqR45EilDjxgfYu1oVrBJj4KJrtP2bH8wZnDV0CU6pI7hDQF5ciOovzSkwMX8KCbrbPS7MCOlX03ciQKNqNVyHucsyUjsPOZ8Ef/lVZR8Xo8IgstBUXol
    s1g4ZYuIJV6Wqvgg7E2/wrCT3aHIh58QWtfpMkPrLJwOJ4UzWpAN6RCs43ez47jsjXTE8Ojb5GA5X5IdRAPHGQPt4zEbkYjPCEXIEZEYHRzI9mgBBjDaoKEdqfajHan20I5U+9GOVPZo
    puwoCDwHAIdWNDIAMgA0AP5bTk9Yw56eGIEFDTd0xGMotIXaWfB9MkYVHJFmHePd0w5CkNheLqkChyljIOnFXasV4ZNk6ZupFpJH7B/TBDbts7EuRJ+EpSwUkqf8UigNo88xvYerCMtv
    hytbwm4REmRPGANapUjxGsEUOQmJQ1xSXhpFpDEGSihQueHjFOqzMMX7aroZHTlEKBlGw+oZYypNHLLlfisBW39fBsLDk8pTzRyeYEq2SZVoMDIkuEsb59TJI9mGcydMxyC3uBqpnGTq
    DEVhqcdVopMBBRQAMtpsFdqRerQjNbQj9QJUKxQJANcbQD8APwA+AEU2DPSbzLqxXD4/rnRJTE6Oz0N+Ys0YqIY/wgh/MFSbizRK8m/WO26EET130kyULSMzDRqqfVSU4VswxV0MEaGO
    3Zwx0s+55nZkjhwTZseY4rsjZ1UgXdIcb0MMebIyTuUJiqKU2RatnucL2+Fw0ikm0UuJ0Gf77AoL6CmQEEloyE4x/EzZmvN0J+dOj3Od0hjeTUywxCcT+ua7GPflJmk80SmzfTYJj/Y5
    5hSHFMo3R5/qJWhHWoO4Nu+Qf1Ko6FPGtVyLQUTwwiMMoq9w5xSBqjYVnyPLJYun3XdKkrRSIHqW5YJpDDOShxi4BMUp5mSNYu2jpOEpQwYHIHAtHtofsId2pNqPdqTuoR2p3091pMIO
    IEQk9RQI/AgAF5xAPwBAAD8A+kfS1ChBGxys4FaRwfUjWBBmumwQDdbFx/yRNEwy6sNTMa0euFsYVB7zdI+vKIl0uqv3RHrqBaKwyQi2VkYfhyRJKMjJMM4xHoJkGWpqHYMYKRSTUAoo
    hGOpFB97SlEVbeySbBscaFeFlOUORHN1dAl+JYHvw+h4TmyU+c0uygiVNPMoGEygcbropqNdFWxclPtzZIRC9SZ1X/pCobt8pYHCZGotZ4lnXx1FYghdsYiN9DeWZFrbakjhcHoNaWU9
    lYMl4SUZFtT0QIc4MWkYNovGyEFPTss5t+VsE5fTNVNtidakKR5vMiQihLcYNJJJf6skfjATfkU/kkipBjDa0uJDO1LtRztS99CO1PvJkNT2KE54HQRcCQAm3EIPwHfhSoYrzaXSEquq
    ankBPgA+AD0AroH0lt5KC9LhIY8UO7zc5KNKd4VgYoupxwQOTFJXkPsZaThJ2S02vcBYGX5vgDS50FsUgkVMgy75A4j7QS4lDJInM7pAtCAk4ptQ+rWsMEIVjRdArWIbuyaNuNTl9eCa
    0zLKnpJjDhPB3NNbrszVhAuEGKgngTvpJKQSB6HdTpkzJ65jeuhcF6ZeZyJveUcoTnLTiwI+HBByVQytyoVnO11Ayj5onAc4uPgHL4Y5kMXzTcUHs+9PpU55t0Kv+3SiIXRjhJKnSVWp
    RlXoAgCABFKPMiwJ4g2l2JPRUIPkZ8N5tOb5x2LkOsMeIBBn1JBlQXMUxmgGILBzB9qF9aEdqfvRjtQ9tCPVfrQjtT3yvcfLIPQIAOcbPz0APQA/AE7XwVSgwh00HDeqgvbUlFjkQAUA
    8Cr2acDhX8i+KVjsoHgFP1xlJ1iFIXLwqJE3NfcNBxEG/wc7U+T0tXRnWPrY52o0yyG8B/ziZ99cgV9paiMoWPdwm0Nlxkxy5jvwJZCgAjwmXKfiEEVceYP1hYcahe9T58m+gzEPQLAh
    +s9ZBJIgzooJQyj9wRsTyhIfWc4hZ2j7AzfEkONPSpVUAP5P1U3DAispChhCbVuA/VIC63YU4e69WoYyTJCosZSkV3PHRDibAlvMqVDMVuu67JU0ciZowGBKxyshUGvnRI/rFsguShMb
    +eK4Ht34EgAAgAm4DeFEbQcAx9hRdGKrakcq2EM7UsF+tCMV7KEdqbBfC+XtwQo8BwB31jMyADIAMgBD8ZJZy7CxsNGmia04K1pbw8jo0yRg0kNhKRXT6iUBfkEW36Wo6Szc4YQDgCAg
    xkgbDHqMjY0weIRWC2dkeF2Ra0iWcm4SgsmZMAF0E7RxmAWSMVoGxcmCp+QFAcyVO4vWgHKHIpCDxB1N7KEnTFtFxgh8sS3ClSKuA4E7Tz6fDIbQxlQW6QAIbDA4fkgz4lSVixDCCY+m
    0Bld/hw3YKy5k19KQRl4YC3gKZuitdIUGcACoJADF9jrHyBMwIhxin+XczjalOC6gQIFJJAfMtqUFdqRejIkdWhHaheWQlYMCQC32z8/AD8APgCnQBZhJgzSaoGt7ggBbVykZMDR4QBx
    FyzFvYI24oNk6woc5gx39AjgGDI3LISfA45oUE700AA4BDZUosHROANCEE1xzh70GsWAcJwQVhMAzmRxwl9EmLOh9GIghq4AkOTRuJ5AChUU5z+YwJXaDPrpLJalY8Ya8ERGrgowbCpb
    mGLBEMfepvwRHvRiYA/QQZBSCrEc5Vd7bDEFTnMOUUpYyREKANb8ZD5osVMQqwD18KVLiWPVRlLf1lzWyOKBkgdbrrskZMdJFSbczducHIPoAMUx4hRB3yVUxu2MItqnIGhh2U+Cbb8S
    /ACEeTEwkjO39EEAEBR9XAsHIHAtHRFIABuBHQ1JtZvsSN1DQ1LvRztS94ifvgYBrQMAQwsZJ5WVF+RgLCTMWNPrj80ZLEAYewOX6DDlx+6DIUZKs5RRAEgDMJllmCkr7omVc/qTEPPM
    tSQMqiOxhwgm+Th/CIhE0mY4SPPt4AD7k4PE2Dt0otdQWALqKENAPr/eeGqmQ70oAwMw2pG6h3aker+ShEdW6XNPAQ==
    `),
  },
];
