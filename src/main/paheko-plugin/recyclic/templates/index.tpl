{include file="_head.tpl" title="Caisse RecyClique"}

{include file=$nav here="index" export=true}

{if !$secret_is_set}
<p class="block error">
	Aucun secret n'est configuré : toute vente est refusée. Un administrateur doit le saisir à la page « Configuration ».
</p>
{/if}

{if $totals.wrong}
<div class="block alert">
	<h3>Ce qui ne tombe pas juste</h3>
	<ul>
		{if $totals.differing}<li>{$totals.differing} session(s) dont les tickets reçus diffèrent de ce que la clôture annonce</li>{/if}
		{if $totals.unopened}<li>{$totals.unopened} session(s) dont l'ouverture n'a pas été reçue</li>{/if}
	</ul>
	<p>
	{if $wrong}
		{linkbutton href="?" label="Voir toutes les sessions" shape="menu"}
	{else}
		{linkbutton href="?wrong=1" label="Ne voir que ces sessions" shape="search"}
	{/if}
	</p>
</div>
{/if}

<dl class="describe">
	<dt>Sessions reçues</dt>
	<dd>{$totals.sessions}{if $totals.unclosed}, dont {$totals.unclosed} sans clôture reçue{/if}</dd>
	<dt>Tickets reçus</dt>
	<dd>{$totals.tickets}, pour {$totals.total|recyclic_euros} €</dd>
	{if $totals.others}
	<dt>Autres événements</dt>
	<dd>{$totals.others}, conservés tels quels</dd>
	{/if}
	<dt>Dernière réception</dt>
	<dd>{if $totals.last}{$totals.last}{else}rien n'a encore été reçu{/if}</dd>
</dl>

<p class="help">Cette extension n'écrit rien dans la comptabilité.</p>

<table class="list">
	<thead>
		<tr>
			<th scope="col">Session</th>
			<th scope="col">Ouverture</th>
			<th scope="col">Clôture</th>
			<th scope="col" class="num">Fond de caisse</th>
			<th scope="col" class="num">Tickets</th>
			<th scope="col" class="num">Total des tickets</th>
			<th scope="col" class="num">Annoncé à la clôture</th>
			<th scope="col" class="num">Écart</th>
			<th scope="col">État</th>
		</tr>
	</thead>
	<tbody>
	{foreach from=$sessions item="row"}
		<tr>
			<td><a href="tickets.php?session={$row.session|rawurlencode}">{$row.session}</a></td>
			<td>{$row.opened}</td>
			<td>{$row.closed}</td>
			<td class="num">{$row.cash|recyclic_euros}</td>
			<td class="num">{$row.tickets}</td>
			<td class="num">{$row.total|recyclic_euros}</td>
			<td class="num">{$row.announced|recyclic_euros}</td>
			<td class="num">{if $row.difference}<strong class="error">{$row.difference|recyclic_euros}</strong>{else}{$row.difference|recyclic_euros}{/if}</td>
			<td>{if $row.faults}<strong class="error">{$row.state}</strong>{else}{$row.state}{/if}</td>
		</tr>
	{/foreach}
	</tbody>
</table>

<?php $previous = $page - 1; $next = $page + 1; ?>
{include file=$paging}

{include file="_foot.tpl"}
