"""Mail providers at which anybody can have an address, so that a domain of theirs names no firm."""

# a text, not a list: a hundred quotation marks would hide the names
FREE_MAIL = frozenset(
    """
    126.com 139.com 163.com 189.cn abv.bg aim.com alice.it aliyun.com aol.co.uk aol.com aol.de arcor.de att.net bell.net
    bellsouth.net bigpond.com bk.ru blueyonder.co.uk bluewin.ch btinternet.com btopenworld.com centrum.cz charter.net
    comcast.net cox.net disroot.org earthlink.net email.com email.cz email.de fastmail.com fastmail.fm fastmail.net
    foxmail.com free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net gmx.us
    googlemail.com hey.com home.nl hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl
    hushmail.com icloud.com inbox.com inbox.lv inbox.ru interia.pl internode.on.net juno.com kpnmail.nl laposte.net
    libero.it list.ru live.co.uk live.com live.de live.fr live.it live.nl mac.com mail.com mail.de mail.ee mail.ru
    mailbox.org mailfence.com me.com msn.com naver.com neuf.fr ntlworld.com o2.pl online.de onet.pl optonline.net
    optusnet.com.au orange.fr outlook.com outlook.de outlook.es outlook.fr outlook.it planet.nl pm.me posteo.de
    posteo.net proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com riseup.net rocketmail.com
    rogers.com runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sina.com skynet.be sky.com sohu.com
    sympatico.ca t-online.de talktalk.net telenet.be telia.com terra.com.br tiscali.it tutanota.com tuta.io uol.com.br
    ukr.net verizon.net virgilio.it virginmedia.com vodafone.it wanadoo.fr web.de windowslive.com wp.pl xs4all.nl
    xtra.co.nz yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br yahoo.de yahoo.es
    yahoo.fr yahoo.it yandex.com yandex.ru ya.ru yeah.net ymail.com ziggo.nl zoho.com
    """.split()  # noqa: SIM905
)


def is_free(domain: str) -> bool:
    """Whether anybody may have an address there."""
    return domain.lower() in FREE_MAIL
